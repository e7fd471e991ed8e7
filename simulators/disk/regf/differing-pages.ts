import { sameBytes } from '../bytes';
import { BASE_BLOCK_SIZE } from './base-block';
import type { Page } from './log-entries';

const PAGE = 4096;

/** Runs of pages of `after` that `before` (sound up to `end`) does not hold in the same place. */
export function differingPages(before: Uint8Array, end: number, after: Uint8Array): Page[] {
  const runs: { offset: number; end: number }[] = [];
  const sound = before.subarray(0, end);
  for (let at = BASE_BLOCK_SIZE; at < after.length; at += PAGE) {
    if (sameBytes(sound.subarray(at, at + PAGE), after.subarray(at, at + PAGE))) continue;
    const last = runs.at(-1);
    if (last?.end === at) last.end += PAGE;
    else runs.push({ offset: at, end: at + PAGE });
  }
  return runs.map((run) => ({
    offset: run.offset - BASE_BLOCK_SIZE,
    bytes: after.subarray(run.offset, run.end),
  }));
}
