import { Key, type KeyPress } from '../../linux-devices';

const ESCAPE = '\x1b';

/** Sequences of an xterm-like terminal (ctlseqs, "PC-Style Function Keys"). */
const CURSOR: Readonly<Record<number, string>> = {
  [Key.Up]: 'A',
  [Key.Down]: 'B',
  [Key.Right]: 'C',
  [Key.Left]: 'D',
  [Key.End]: 'F',
  [Key.Home]: 'H',
};
const FIXED: Readonly<Record<number, string>> = {
  [Key.Enter]: '\r',
  [Key.KeypadEnter]: '\r',
  [Key.Backspace]: '\x7f',
  [Key.Tab]: '\t',
  [Key.Escape]: ESCAPE,
  [Key.Insert]: `${ESCAPE}[2~`,
  [Key.Delete]: `${ESCAPE}[3~`,
  [Key.PageUp]: `${ESCAPE}[5~`,
  [Key.PageDown]: `${ESCAPE}[6~`,
  [Key.F1]: `${ESCAPE}OP`,
  [Key.F2]: `${ESCAPE}OQ`,
  [Key.F3]: `${ESCAPE}OR`,
  [Key.F4]: `${ESCAPE}OS`,
  [Key.F5]: `${ESCAPE}[15~`,
  [Key.F6]: `${ESCAPE}[17~`,
  [Key.F7]: `${ESCAPE}[18~`,
  [Key.F8]: `${ESCAPE}[19~`,
  [Key.F9]: `${ESCAPE}[20~`,
  [Key.F10]: `${ESCAPE}[21~`,
  [Key.F11]: `${ESCAPE}[23~`,
  [Key.F12]: `${ESCAPE}[24~`,
};

/** What a terminal sends for a key press; undefined where it sends nothing. */
export function terminalInput(press: KeyPress, applicationCursor: boolean): string | undefined {
  const cursor = CURSOR[press.code];
  if (cursor) return `${ESCAPE}${applicationCursor ? 'O' : '['}${cursor}`;
  const fixed = FIXED[press.code];
  if (fixed !== undefined) return fixed;
  if (press.character === undefined) return undefined;
  const text = press.control ? controlCharacter(press.character) : press.character;
  return press.alt ? `${ESCAPE}${text}` : text;
}

function controlCharacter(character: string): string {
  const code = character.toUpperCase().charCodeAt(0);
  const isControl = code >= 0x40 && code < 0x60;
  return isControl ? String.fromCharCode(code - 0x40) : character;
}
