const FIRST = 'C'.charCodeAt(0);
const LAST = 'Z'.charCodeAt(0);

/** The first letter from C on that is not taken, or undefined. A and B belong to floppy drives. */
export function nextFreeLetter(taken: ReadonlySet<string>): string | undefined {
  for (let code = FIRST; code <= LAST; code += 1) {
    const letter = String.fromCharCode(code);
    if (!taken.has(letter)) return letter;
  }
  return undefined;
}
