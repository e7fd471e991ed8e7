import { expect, it } from 'vitest';
import { DiskFormatError } from '../bytes';
import { memoryDisk } from '../testing/ldm-samples';
import { tryMutations } from '../testing/mutations';
import { bootCodePatches, dirtyFlagPatches, findFatEntry, readFileRecord, recogniseVolume } from './index';
import { SMALL_NTFS, smallExfat, smallFat32, smallNtfs } from './testing/small-volumes';

const TABLE = SMALL_NTFS.table;

/** Makes the update sequence whole again, where it is still one. */
function reseal(bytes: Uint8Array): void {
  if (bytes.length < TABLE + 1024) return;
  for (const at of [510, 1022]) bytes.set(bytes.subarray(TABLE + 0x30, TABLE + 0x32), TABLE + at);
}

it('reads or refuses every damaged NTFS volume, and says where and why', () => {
  const code = smallNtfs().slice(0, 512);
  const { accepted, refused } = tryMutations(
    [smallNtfs(), smallNtfs({ flags: 1, label: 'x'.repeat(32) })],
    (bytes) => {
      const volume = memoryDisk(bytes);
      const dirty = dirtyFlagPatches(volume, true);
      volume.apply([...dirty, ...bootCodePatches(volume, code)]);
      if (recogniseVolume(volume)?.fileSystem !== 'NTFS') throw new Error('The volume is no longer NTFS.');
    },
    {
      places: [
        { start: 0, end: 84 },
        { start: TABLE, end: TABLE + 0x120 },
      ],
      reseal,
    },
  );
  expect(accepted).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
});

it('reads or refuses every damaged file record', () => {
  const { accepted, refused } = tryMutations(
    [smallNtfs({ flags: 1, label: 'x'.repeat(32) }).slice(TABLE, TABLE + 1024)],
    (bytes) => {
      readFileRecord(bytes, TABLE);
    },
    {
      places: [{ start: 0, end: 0x120 }],
      reseal: (bytes) => {
        if (bytes.length === 1024) for (const at of [510, 1022]) bytes.set(bytes.subarray(0x30, 0x32), at);
      },
    },
  );
  expect(accepted).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
});

it('reads, refuses or does not know every damaged FAT and exFAT volume', () => {
  const fat = smallFat32('KUNDE', { sectors: 600 });
  let known = 0;
  tryMutations(
    [fat, smallExfat('Daten', 64)],
    (bytes) => {
      if (recogniseVolume(memoryDisk(bytes))) known += 1;
    },
    {
      places: [
        { start: 0, end: 128 },
        { start: 24 * 512, end: 24 * 512 + 32 },
        { start: 32 * 512, end: 36 * 512 },
      ],
    },
  );
  expect(known).toBeGreaterThan(1000);
  expect(() => recogniseVolume(memoryDisk(smallExfat('A').slice(0, 512)))).toThrow(DiskFormatError);
});

it('finds or does not find an entry of every damaged FAT volume', () => {
  const fat = smallFat32('KUNDE', { sectors: 600 });
  const root = 42 * 512;
  // A folder in the root that leads to itself, and a long name.
  fat.set([0x46, 0x4f, 0x4c, 0x44, 0x45, 0x52, 0x20, 0x20, 0x20, 0x20, 0x20, 0x10], root);
  fat.set([2, 0], root + 26);
  const long = new Uint8Array(32);
  long.set([0x41, 0x61, 0, 0x62, 0, 0, 0]);
  long[11] = 0x0f;
  fat.set(long, root + 32);
  expect(findFatEntry(memoryDisk(fat), ['folder', 'FOLDER', 'ab'])).toMatchObject({ offset: root + 64 });
  expect(findFatEntry(memoryDisk(fat), ['ab', 'ab'])).toBeUndefined();
  let found = 0;
  tryMutations(
    [fat],
    (bytes) => {
      if (findFatEntry(memoryDisk(bytes), ['folder', 'ab'])) found += 1;
    },
    {
      places: [
        { start: 0, end: 128 },
        { start: 32 * 512, end: 32 * 512 + 32 },
        { start: root, end: root + 128 },
      ],
    },
  );
  expect(found).toBeGreaterThan(1000);
});
