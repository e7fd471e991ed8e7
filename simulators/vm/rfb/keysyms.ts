/** X keysyms of keys without a character (X11 `keysymdef.h`), by the names people use. */
export const keysyms = {
  backspace: 0xff08,
  tab: 0xff09,
  enter: 0xff0d,
  escape: 0xff1b,
  home: 0xff50,
  left: 0xff51,
  up: 0xff52,
  right: 0xff53,
  down: 0xff54,
  end: 0xff57,
  delete: 0xffff,
  f8: 0xffc5,
  shift: 0xffe1,
  control: 0xffe3,
  alt: 0xffe9,
  windows: 0xffeb,
} as const;

/** The keysym of a character: itself in Latin-1, a Unicode keysym beyond (X11 protocol, appendix A). */
export function characterKeysym(character: string): number {
  if (character === '\n') return keysyms.enter;
  if (character === '\t') return keysyms.tab;
  const point = character.codePointAt(0) ?? 0;
  return point < 0x100 ? point : 0x01000000 + point;
}

/** Whether a US keyboard needs Shift for the character: servers such as QEMU's do not press it themselves. */
export function needsShift(character: string): boolean {
  return /^[A-Z~!@#$%^&*()_+{}|:"<>?]$/.test(character);
}
