import { randomBytes, randomUUID } from 'node:crypto';

/*
 * Random numbers for what must differ from machine to machine. `randomUUID` and `randomInt` of Node.js hand out numbers from
 * a store of their own; machines that go on from one saved process would all have the same store.
 */

/** A random GUID, in lower case and without braces. */
export const newGuid = (): string => randomUUID({ disableEntropyCache: true });

const RANDOM_BYTES = 6;
const RANDOM_NUMBERS = 2 ** (8 * RANDOM_BYTES);

/** A whole number from 0 to `limit` - 1, each as likely as the others. @param limit 2^32 at most */
export function randomBelow(limit: number): number {
  const end = RANDOM_NUMBERS - (RANDOM_NUMBERS % limit);
  for (;;) {
    const number = randomBytes(RANDOM_BYTES).readUIntLE(0, RANDOM_BYTES);
    if (number < end) return number % limit;
  }
}
