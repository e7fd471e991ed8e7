/**
 * Upper case as the registry compares names: character by character, never changing the length.
 * (Windows has its own table; the simple mappings of Unicode agree with it for the names in real hives.)
 */
export function upcaseName(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return name.toUpperCase();
  let upper = '';
  for (let index = 0; index < name.length; index += 1) {
    const character = name.charAt(index);
    const mapped = character.toUpperCase();
    upper += mapped.length === 1 ? mapped : character;
  }
  return upper;
}

/** Hash of the upper-case name in an `lh` list: h = h * 37 + unit, modulo 2^32. */
export function hashUpcasedName(upper: string): number {
  let hash = 0;
  for (let index = 0; index < upper.length; index += 1) {
    hash = (Math.imul(hash, 37) + upper.charCodeAt(index)) >>> 0;
  }
  return hash;
}

/** Upper-case names in the order of subkeys in their list: by UTF-16 code units. Sorts in place. */
export function inOrder(upperNames: string[]): string[] {
  for (let index = 1; index < upperNames.length; index += 1) {
    // Lists come out of a file in order; only then there is nothing to do.
    if (upperNames[index - 1]! > upperNames[index]!) {
      return upperNames.sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
    }
  }
  return upperNames;
}

/** Whether a name can be stored with one byte per character. */
export function isLatin1(name: string): boolean {
  return /^[\0-\xff]*$/.test(name);
}
