import { expect, it } from 'vitest';
import { DiskFormatError } from '../bytes';
import type { SectorReader } from '../mbr';
import { countingGuids, createdDisks, everyLayout } from '../testing/ldm-disks';
import { tryMutations } from '../testing/mutations';
import { sealChecksum } from './checksum';
import {
  assembleGroups,
  type DiskGroupRequest,
  importAsIs,
  importMerge,
  markVolumes,
  openVolume,
  planResync,
  readMember,
  repairCopies,
} from './index';
import { buildTocBlock, parseTocBlock } from './tocblock';

/** Database of 24 sectors: small enough to read 20,000 of them, with room for a second group. */
const CONFIG_SECTORS = 24;
const SECTOR = 512;

/** A disk whose metadata is a short row of sectors, so that one input is a few kilobytes. */
function smallDisk(request: DiskGroupRequest, index: number) {
  const { bytes } = createdDisks(request).disks[index]!;
  const member = readMember({ sizeBytes: bytes.length, read: (at, size) => bytes.slice(at, at + size) })!;
  const { privateStart } = member.privHead;
  const tocs = member.tocs.map(({ sector }) => sector);
  const toc = parseTocBlock(bytes.slice(tocs[0]! * SECTOR, (tocs[0]! + 1) * SECTOR));
  const small = buildTocBlock({ ...toc, config: { ...toc.config, size: CONFIG_SECTORS } });
  for (const sector of tocs) bytes.set(small, sector * SECTOR);
  new DataView(bytes.buffer).setUint32(member.vmdbSector * SECTOR + 4, CONFIG_SECTORS * 4);
  const heads = member.privHeads.map(({ sector }) => sector);
  const database = Array.from({ length: CONFIG_SECTORS }, (_, sector) => member.vmdbSector + sector);
  const log = [member.logSector, member.logSector + 1];
  const sectors = [0, ...heads, ...tocs, ...database, ...log];
  expect(sectors.every((sector) => sector === 0 || sector === 6 || sector >= privateStart)).toBe(true);
  const seed = new Uint8Array(sectors.length * SECTOR);
  sectors.forEach((sector, place) => {
    seed.set(bytes.subarray(sector * SECTOR, (sector + 1) * SECTOR), place * SECTOR);
  });
  return { bytes, sectors, seed, sealed: 1 + heads.length + tocs.length };
}

/** The whole disk with the seed's sectors laid over it; a seed that was cut takes as much from the disk's end. */
function overlaid({ bytes, sectors, seed }: ReturnType<typeof smallDisk>, input: Uint8Array): SectorReader {
  const places = new Map(sectors.map((sector, place) => [sector, place]));
  return {
    sizeBytes: bytes.length - (seed.length - input.length),
    read: (offset, length) => {
      const copy = bytes.slice(offset, offset + length);
      for (let at = 0; at < length; at += SECTOR) {
        const place = places.get((offset + at) / SECTOR);
        if (place !== undefined && (place + 1) * SECTOR <= input.length)
          copy.set(input.subarray(place * SECTOR, (place + 1) * SECTOR), at);
      }
      return copy;
    },
  };
}

function readEverything(disk: SectorReader): void {
  const member = readMember(disk);
  if (!member) return;
  repairCopies(disk, member);
  markVolumes([member], new Set());
  planResync(assembleGroups([member])[0]!, () => true);
  for (const volume of assembleGroups([member])[0]!.volumes) {
    try {
      openVolume(volume, () => disk).read(0, Math.min(SECTOR, volume.sizeSectors * SECTOR));
    } catch (error) {
      // Some volumes of a sound group cannot be read from one disk alone.
      if (!(error instanceof DiskFormatError)) throw error;
    }
  }
}

/** The writers that start from what a disk says. */
function importEverything(disk: SectorReader, local: SectorReader): void {
  if (!readMember(disk)) return;
  importAsIs([disk], new Date(0));
  importMerge([local], [disk], new Date(0));
  importMerge([disk], [local], new Date(0));
}

it('reads or refuses every damaged dynamic disk, and says where and why', () => {
  const disk = smallDisk(everyLayout(), 1);
  const other = smallDisk(everyLayout('RESCUE-Dg0', countingGuids('aaaa')), 0);
  const local = overlaid(other, other.seed);
  importEverything(overlaid(disk, disk.seed), local);
  const reseal = (bytes: Uint8Array) => {
    for (let place = 1; place < disk.sealed && (place + 1) * SECTOR <= bytes.length; place += 1)
      sealChecksum(bytes.subarray(place * SECTOR, (place + 1) * SECTOR));
  };
  let number = 0;
  const read = (input: Uint8Array) => {
    readEverything(overlaid(disk, input));
    number += 1;
    // An import costs many times what a look does.
    if (number % 16 === 0) importEverything(overlaid(disk, input), local);
  };
  const places = [{ start: SECTOR, end: disk.seed.length }];
  const { accepted, refused } = tryMutations([disk.seed], read, { reseal, places });
  expect(accepted).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
}, 120_000);
