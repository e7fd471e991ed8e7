import { Key, type KeyPress } from '../../linux-devices';
import { characterKeysym } from '../../vm/rfb';

/** X keysyms of keys without a character (X11 keysymdef.h). */
const KEYSYMS: Readonly<Record<number, number>> = {
  [Key.Escape]: 0xff1b,
  [Key.Backspace]: 0xff08,
  [Key.Tab]: 0xff09,
  [Key.Enter]: 0xff0d,
  [Key.KeypadEnter]: 0xff8d,
  [Key.LeftControl]: 0xffe3,
  [Key.RightControl]: 0xffe4,
  [Key.LeftShift]: 0xffe1,
  [Key.RightShift]: 0xffe2,
  [Key.LeftAlt]: 0xffe9,
  [Key.RightAlt]: 0xffea,
  [Key.CapsLock]: 0xffe5,
  [Key.F1]: 0xffbe,
  [Key.F2]: 0xffbf,
  [Key.F3]: 0xffc0,
  [Key.F4]: 0xffc1,
  [Key.F5]: 0xffc2,
  [Key.F6]: 0xffc3,
  [Key.F7]: 0xffc4,
  [Key.F8]: 0xffc5,
  [Key.F9]: 0xffc6,
  [Key.F10]: 0xffc7,
  [Key.F11]: 0xffc8,
  [Key.F12]: 0xffc9,
  [Key.Home]: 0xff50,
  [Key.Left]: 0xff51,
  [Key.Up]: 0xff52,
  [Key.Right]: 0xff53,
  [Key.Down]: 0xff54,
  [Key.PageUp]: 0xff55,
  [Key.PageDown]: 0xff56,
  [Key.End]: 0xff57,
  [Key.Insert]: 0xff63,
  [Key.Delete]: 0xffff,
  [Key.LeftMeta]: 0xffeb,
  [Key.RightMeta]: 0xffec,
};

/**
 * Turns keys of a Linux keyboard into RFB keysyms. A release carries the keysym of its press, also when Shift was let go
 * in between: servers look for the key by its keysym.
 */
export class KeysymTranslator {
  readonly #pressed = new Map<number, number>();

  /** Undefined for keys that have no keysym here, and for releases without a press. */
  translate(press: KeyPress): { readonly keysym: number; readonly down: boolean } | undefined {
    const held = this.#pressed.get(press.code);
    if (press.action === 'up') {
      this.#pressed.delete(press.code);
      return held === undefined ? undefined : { keysym: held, down: false };
    }
    const keysym = held ?? KEYSYMS[press.code] ?? (press.character && characterKeysym(press.character));
    if (!keysym) return undefined;
    this.#pressed.set(press.code, keysym);
    return { keysym, down: true };
  }

  /** Forgets what is pressed: a new connection starts with no key held. */
  reset(): void {
    this.#pressed.clear();
  }
}
