import { expect, it } from 'vitest';
import { readU32, writeU32 } from '../bytes';
import { memoryDisk } from '../testing/ldm-samples';
import { MUTATIONS, tryMutations } from '../testing/mutations';
import { crc32 } from './crc32';
import {
  addPartition,
  type GuidPartitionTable,
  gptPatches,
  inspectGpt,
  PARTITION_TYPES,
  protectiveMbrPatch,
  readGpt,
  repairGpt,
} from './index';

const SECTORS = 56;
const HEADERS = [1, SECTORS - 1];

/** Puts the checksums of both copies right, as far as the header still says where they are. */
function reseal(bytes: Uint8Array): void {
  for (const sector of HEADERS) {
    const at = sector * 512;
    if (at + 512 > bytes.length) continue;
    const start = readU32(bytes, at + 72) * 512;
    const length = readU32(bytes, at + 80) * readU32(bytes, at + 84);
    if (length <= 8192) writeU32(bytes, at + 88, crc32(bytes.subarray(start, start + length)));
    writeU32(bytes, at + 16, 0);
    const headerBytes = Math.min(512, readU32(bytes, at + 12));
    writeU32(bytes, at + 16, crc32(bytes.subarray(at, at + headerBytes)));
  }
}

it('reads or refuses every damaged table, and says where and why', () => {
  const empty: GuidPartitionTable = {
    diskGuid: '0b2394a9-095e-487d-8d48-719ecd4d78ca',
    firstUsableSector: 4,
    lastUsableSector: SECTORS - 4,
    entryCount: 8,
    entryBytes: 128,
    partitions: [],
  };
  const table = [8, 20, 40].reduce(
    (before, startSector) =>
      addPartition(before, {
        type: PARTITION_TYPES.basicData,
        guid: '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b',
        startSector,
        sizeSectors: 10,
        name: 'Basic data partition',
        attributes: 0n,
      }),
    empty,
  );
  const disk = memoryDisk(new Uint8Array(SECTORS * 512));
  disk.apply([protectiveMbrPatch(disk), ...gptPatches(table, SECTORS)]);
  const places = [
    ...HEADERS.map((sector) => ({ start: sector * 512, end: sector * 512 + 96 })),
    ...[2, SECTORS - 3].map((sector) => ({ start: sector * 512, end: sector * 512 + 4 * 128 })),
  ];
  let number = 0;
  let repaired = 0;
  const { accepted, refused } = tryMutations(
    [disk.bytes],
    (bytes) => {
      const mutated = memoryDisk(bytes);
      number += 1;
      if (number % 2 === 0) {
        readGpt(mutated);
        return;
      }
      const patches = repairGpt(mutated);
      if (patches.length === 0) return;
      mutated.apply(patches);
      if (!inspectGpt(mutated).agree) throw new Error('The repair left two copies that differ.');
      repaired += 1;
    },
    { places, reseal },
  );
  expect(repaired).toBeGreaterThan(MUTATIONS / 20);
  expect(accepted).toBeGreaterThan(MUTATIONS / 20);
  expect(refused).toBeGreaterThan(MUTATIONS / 2000);
});
