import { readFile } from 'node:fs/promises';

/** Memory that a process shares with nobody (bytes): what one more fork costs. Linux, /proc/PID/smaps_rollup. */
export async function privateMemory(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kibibytes = [...text.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)].map(([, size]) =>
    Number(size),
  );
  if (kibibytes.length !== 2) throw new Error(`/proc/${pid}/smaps_rollup has no private sizes: ${text}`);
  return 1024 * kibibytes.reduce((sum, size) => sum + size, 0);
}
