/** Rows of the US layout: the first KEY_* code of the row, the plain characters, the shifted characters. */
const ROWS: readonly (readonly [number, string, string])[] = [
  [2, '1234567890-=', '!@#$%^&*()_+'],
  [16, 'qwertyuiop[]', 'QWERTYUIOP{}'],
  [30, "asdfghjkl;'`", 'ASDFGHJKL:"~'],
  [43, '\\zxcvbnm,./', '|ZXCVBNM<>?'],
  [55, '*', '*'],
  [57, ' ', ' '],
  // The keypad with Num Lock on, as a PC's firmware leaves it.
  [71, '789-456+1230.', '789-456+1230.'],
  [98, '/', '/'],
];

const characters = new Map<number, readonly [string, string]>();
const codes = new Map<string, { readonly code: number; readonly shift: boolean }>();
for (const [first, plain, shifted] of ROWS)
  for (let index = 0; index < plain.length; index++) {
    const pair = [plain[index]!, shifted[index]!] as const;
    characters.set(first + index, pair);
    pair.forEach((character, level) => {
      if (!codes.has(character)) codes.set(character, { code: first + index, shift: level === 1 });
    });
  }

/** The character of a key, or undefined where the key types none. Caps Lock turns shift round for letters only. */
export function usCharacter(code: number, shift: boolean, capsLock: boolean): string | undefined {
  const pair = characters.get(code);
  if (!pair) return undefined;
  const isLetter = pair[0] >= 'a' && pair[0] <= 'z';
  return pair[shift !== (capsLock && isLetter) ? 1 : 0];
}

/** The key that types a character on the US layout, or undefined where none does. */
export function usKey(character: string): { readonly code: number; readonly shift: boolean } | undefined {
  return codes.get(character);
}
