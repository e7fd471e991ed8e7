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

/** Order of subkeys in their list: by the UTF-16 code units of the upper-case names. Negative, zero or positive. */
export function compareNames(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index += 1) {
    const [one, other] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (one === other) continue;
    const difference = upcaseUnit(one) - upcaseUnit(other);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function upcaseUnit(unit: number): number {
  if (unit < 0x80) return unit >= 0x61 && unit <= 0x7a ? unit - 0x20 : unit;
  return upcaseName(String.fromCharCode(unit)).charCodeAt(0);
}

/** Whether a name can be stored with one byte per character. */
export function isLatin1(name: string): boolean {
  return /^[\0-\xff]*$/.test(name);
}
