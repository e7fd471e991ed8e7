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

/** Order of subkeys in their list. */
export function compareUpcased(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
