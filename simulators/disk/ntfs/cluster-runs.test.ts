import { expect, it } from 'vitest';
import { DiskFormatError } from '../bytes';
import { tryMutations } from '../testing/mutations';
import { decodeRuns } from './index';

/** 24 clusters at 5632, 48 sparse ones, 8 at 5632 - 3. */
const RUNS = Uint8Array.of(0x21, 0x18, 0x00, 0x16, 0x01, 0x30, 0x11, 0x08, 0xfd, 0x00);

it('decodes runs, each of which starts from the one before', () => {
  expect(decodeRuns(RUNS, 6000)).toEqual([
    { start: 5632, count: 24 },
    { start: undefined, count: 48 },
    { start: 5629, count: 8 },
  ]);
  expect(decodeRuns(new Uint8Array(0), 1)).toEqual([]);
});

it('refuses runs outside the volume, or outside their attribute', () => {
  expect(() => decodeRuns(RUNS, 5650)).toThrow(
    new DiskFormatError(0, 'a run of clusters lies outside the volume'),
  );
  expect(() => decodeRuns(RUNS.slice(0, 8), 6000)).toThrow(
    new DiskFormatError(6, 'a run of clusters does not fit into its attribute'),
  );
});

it('decodes or refuses every damaged list of runs', () => {
  const { accepted, refused } = tryMutations([RUNS], (bytes) => {
    const outside = decodeRuns(bytes, 6000).find(({ start = 0, count }) => start + count > 6000 && start > 0);
    if (outside) throw new Error(`The run from ${outside.start} leaves the volume.`);
  });
  expect(accepted).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
});
