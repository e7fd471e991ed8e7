/** QEMU's names (qcodes, `qapi/ui.json`) of the keys that a US keyboard has for printable characters. */
const plain: Readonly<Record<string, string>> = {
  ' ': 'spc',
  '-': 'minus',
  '=': 'equal',
  '[': 'bracket_left',
  ']': 'bracket_right',
  ';': 'semicolon',
  "'": 'apostrophe',
  '`': 'grave_accent',
  '\\': 'backslash',
  ',': 'comma',
  '.': 'dot',
  '/': 'slash',
  '\n': 'ret',
  '\t': 'tab',
};

const shifted = new Map([...')!@#$%^&*('].map((character, digit) => [character, String(digit)]));
for (const [character, key] of Object.entries({
  _: 'minus',
  '+': 'equal',
  '{': 'bracket_left',
  '}': 'bracket_right',
  ':': 'semicolon',
  '"': 'apostrophe',
  '~': 'grave_accent',
  '|': 'backslash',
  '<': 'comma',
  '>': 'dot',
  '?': 'slash',
})) {
  shifted.set(character, key);
}

/** The keys to hold down together on a US keyboard for one character, as QEMU names them. */
export function usKeys(character: string): string[] {
  if (/^[a-z0-9]$/.test(character)) return [character];
  if (/^[A-Z]$/.test(character)) return ['shift', character.toLowerCase()];
  const direct = plain[character];
  if (direct !== undefined) return [direct];
  const withShift = shifted.get(character);
  if (withShift !== undefined) return ['shift', withShift];
  throw new Error(
    `The character ${JSON.stringify(character)} is not on a US keyboard: press its keys by name with pressKeys.`,
  );
}
