import type { LetterBook } from './letter-book';
import type { VolumePlan } from './volume-plan';

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

interface LetterFacts {
  readonly letters: LetterBook;
  /** Letters of the volumes that are there. */
  readonly taken: ReadonlySet<string>;
  /** Letters that volumes had which are about to come. */
  readonly expected: readonly string[];
}

/**
 * The letter from last time where it is free; else the next free one, as Windows' automount gives to basic volumes.
 * Not for the running system's own boot partition, and not for hidden ones. An imported volume gets one only where its
 * record has a letter hint: that letter, or the next free one (our choice).
 */
export function chooseLetter(
  plan: VolumePlan,
  { letters, taken, expected }: LetterFacts,
): string | undefined {
  const known = letters.recall(plan.location);
  if (known && (known.letter === undefined || !taken.has(known.letter))) return known.letter;
  const kept = new Set([...taken, ...expected]);
  if (plan.source.kind === 'partition') {
    const boots = plan.active && plan.disks[0]?.number === 0;
    return boots || plan.withoutLetter ? undefined : nextFreeLetter(kept);
  }
  if (plan.mountHint === undefined) return undefined;
  return kept.has(plan.mountHint) ? nextFreeLetter(kept) : plan.mountHint;
}
