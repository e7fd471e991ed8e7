import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, DiskFormatError, hasAscii } from '../bytes';
import { SECTOR_BYTES, type SectorReader } from '../mbr';
import { canFillNtfs, fillNtfs, makeNtfs } from '../testing/filled-ntfs';
import { type MemoryDisk, memoryDisk } from '../testing/ldm-samples';
import { tryMutations } from '../testing/mutations';
import { imageFolder } from '../testing/partition-programs';
import { type FileContent, findFileContent, parseNtfsBootSector, readFileRecord } from './index';

const images = imageFolder();
afterAll(() => images.remove());

describe.runIf(canFillNtfs)('findFileContent on a damaged index', () => {
  const path = ['Boot', 'linux'];
  let sound: MemoryDisk;
  let wanted: FileContent;
  beforeAll(() => {
    const image = images.write('damaged.raw', 8 << 20, []);
    makeNtfs(image);
    fillNtfs(
      image,
      'mkdir Boot Logs; for i in $(seq 80); do echo $i > Boot/a-language-$i.mui; echo $i > Logs/linux-$i; done; ' +
        'seq 9000 > Boot/linux; seq 1 9001 > Logs/linux',
    );
    sound = memoryDisk(new Uint8Array(readFileSync(image)));
    wanted = findFileContent(sound, path)!;
  });

  /** Where structures on the way to the file start: those with this mark, or all sectors. */
  function sectorsOnTheWay(mark = ''): number[] {
    const seen = new Set<number>();
    const read: SectorReader['read'] = (offset, length) => {
      for (let at = offset; at < offset + length; at += SECTOR_BYTES) seen.add(at);
      return sound.read(offset, length);
    };
    findFileContent({ sizeBytes: sound.sizeBytes, read }, path);
    return [...seen].filter((at) => hasAscii(sound.bytes, at, mark)).sort((one, other) => one - other);
  }
  const ownRecord = () =>
    sectorsOnTheWay('FILE').find(
      (at) => !readFileRecord(sound.read(at, 1024), at)?.folder && at !== tableOffset(),
    )!;
  const tableOffset = () => parseNtfsBootSector(sound.read(0, SECTOR_BYTES)).fileTableOffset;

  it.each<[string, () => number, number[], string]>([
    ['a block without its mark', () => sectorsOnTheWay('INDX').at(-1)!, [0x58], 'does not start with INDX'],
    ['half a block', () => sectorsOnTheWay('INDX').at(-1)! + 510, [1, 7], 'an index block was written half'],
    ['another block', () => sectorsOnTheWay('INDX').at(-1)! + 0x10, [77], 'says that it is number 77'],
    [
      'endless entries',
      () => sectorsOnTheWay('INDX').at(-1)! + 0x1c,
      [0xff, 0xff],
      'have 65535 bytes, of 4072',
    ],
    ['a far record', () => sectorsOnTheWay('INDX').at(-1)! + 0x44, [1], 'which no volume has'],
    ['a record of another file', () => ownRecord() + 0x10, [9], 'do not agree on "linux"'],
  ])('says what is wrong with %s', (_name, at, bytes, sentence) => {
    const disk = memoryDisk(sound.bytes.slice());
    disk.bytes.set(bytes, at());
    const find = () => findFileContent(disk, path);
    expect(find).toThrow(DiskFormatError);
    expect(find).toThrow(new RegExp(sentence, 'i'));
  });

  it('finds the file, or finds nothing, or says what is wrong: never another place', () => {
    const spared = [0, ownRecord(), ownRecord() + SECTOR_BYTES];
    const sectors = sectorsOnTheWay().filter((at) => !spared.includes(at));
    const outcomes = { found: 0, missing: 0 };
    const { refused } = tryMutations(
      [concatBytes(...sectors.map((at) => sound.read(at, SECTOR_BYTES)))],
      (bytes) => {
        const content = findFileContent(patched(sound, sectors, bytes), path);
        if (content) expect(content).toEqual(wanted);
        outcomes[content ? 'found' : 'missing'] += 1;
      },
      { reseal },
    );
    expect(refused).toBeGreaterThan(1000);
    expect(outcomes.found).toBeGreaterThan(1000);
    expect(outcomes.missing).toBeGreaterThan(10);
  });
});

/** A volume some of whose sectors are others. */
function patched(volume: SectorReader, sectors: readonly number[], bytes: Uint8Array): SectorReader {
  return {
    sizeBytes: volume.sizeBytes,
    read: (offset, length) => {
      const read = volume.read(offset, length);
      for (const [index, at] of sectors.entries()) {
        if (at >= offset && at < offset + length)
          read.set(bytes.subarray(index * 512, index * 512 + 512), at - offset);
      }
      return read;
    },
  };
}

/** Makes the update sequences whole again: each sector ends as the structure that it belongs to says. */
function reseal(bytes: Uint8Array): void {
  let number: Uint8Array | undefined;
  for (let at = 0; at + 512 <= bytes.length; at += 512) {
    const mark = String.fromCharCode(...bytes.subarray(at, at + 4));
    if (mark === 'FILE') number = bytes.subarray(at + 0x30, at + 0x32);
    if (mark === 'INDX') number = bytes.subarray(at + 0x28, at + 0x2a);
    if (number) bytes.set(number, at + 510);
  }
}
