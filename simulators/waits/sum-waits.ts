import type { Wait } from './waits';

/** All waits of one kind together. */
export interface WaitSum {
  readonly for: string;
  readonly milliseconds: number;
}

/** How long was waited for each kind, the longest first. Time that two waits of a kind share counts once. */
export function sumWaits(waits: readonly Wait[]): WaitSum[] {
  const kinds = new Set(waits.map((wait) => wait.for));
  return [...kinds]
    .map((kind) => ({ for: kind, milliseconds: covered(waits.filter((wait) => wait.for === kind)) }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}

function covered(waits: readonly Wait[]): number {
  let sum = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { start, end } of waits.toSorted((a, b) => a.start - b.start)) {
    sum += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return sum;
}
