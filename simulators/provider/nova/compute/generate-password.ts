import type { Random } from '../../random';

/** The symbol groups of nova/conf `DEFAULT_PASSWORD_SYMBOLS`: digits, capitals and small letters that are not mistaken for each other. */
const SYMBOL_GROUPS = ['23456789', 'ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz'] as const;

/** A password of `length` characters (Nova's `password_length`: 12) with at least one of each symbol group. */
export function generatePassword(random: Random, length = 12): string {
  const characters = SYMBOL_GROUPS.map((group) => random.text(1, group));
  characters.push(...random.text(Math.max(length - characters.length, 0), SYMBOL_GROUPS.join('')));
  for (let index = characters.length - 1; index > 0; index--) {
    const other = random.integer(index + 1);
    const moved = characters[index] as string;
    characters[index] = characters[other] as string;
    characters[other] = moved;
  }
  return characters.slice(0, length).join('');
}
