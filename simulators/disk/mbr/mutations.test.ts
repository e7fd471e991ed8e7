import { expect, it } from 'vitest';
import { memoryDisk } from '../testing/ldm-samples';
import { tryMutations } from '../testing/mutations';
import { buildMbr, inspectMbr, type MbrPartition, partitionPatches, readMbr, setActive } from './index';

const partition = (number: number, startSector: number, sizeSectors: number, type = 7): MbrPartition => ({
  number,
  active: false,
  type,
  startSector,
  sizeSectors,
});

it('reads or refuses every damaged table, and says where and why', () => {
  const disk = memoryDisk(new Uint8Array(64 * 512));
  disk.bytes.set(buildMbr({ signature: 1, partitions: [] }));
  const extended = partition(2, 9, 40, 0x0f);
  disk.apply(
    partitionPatches(disk, [
      partition(1, 1, 8),
      extended,
      partition(5, 10, 4),
      partition(6, 16, 4),
      partition(7, 22, 8),
    ]),
  );
  // Sector 0 and the three extended boot records.
  const places = [0, 9, 14, 20].map((sector) => ({ start: sector * 512 + 440, end: sector * 512 + 512 }));
  const { accepted, refused } = tryMutations(
    [disk.bytes],
    (bytes) => {
      const damagedDisk = memoryDisk(bytes);
      inspectMbr(damagedDisk);
      const table = readMbr(damagedDisk);
      if (!table) return;
      partitionPatches(damagedDisk, table.partitions);
      setActive(bytes, 1);
    },
    { places },
  );
  expect(accepted).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
});
