import { createHash, type Hash } from 'node:crypto';
import { DiskFormatError } from '../disk/bytes';
import type { FileContent } from '../disk/ntfs';
import { backingOrigin, type DiskReader, openDisk, type Session } from '../vm';
import { findSystemPrograms } from '../windows/boot-manager';
import { chainParts } from './chain-parts';
import { lookAtDisk } from './look-at-disk';

/** Bytes that are read at a time. */
const LONGEST_RANGE = 1024 * 1024;

/** The image of a disk. */
interface DiskImage {
  readonly path: string;
  readonly format: string;
}

/**
 * A digest (SHA-256, hex) of all that takes a machine from its firmware to the mark of the boot manager: disks with the same
 * digest lead to the same point, whatever else is on them. Undefined for a disk on which anything is not as the stand-in's
 * images have it. Throws where the image itself cannot be read.
 * @param withPrograms the boot manager also starts the programs of the disk's system ahead, as it does for `/dev/vda`
 */
export async function bootChain(
  disk: DiskImage,
  withPrograms: boolean,
  session: Session,
): Promise<string | undefined> {
  await using reader = await openDisk(disk, session);
  try {
    const parts = await lookAtDisk(reader, chainParts);
    if (!parts) return undefined;
    const hash = createHash('sha256');
    for (const part of parts) await hashPart(hash, part, reader);
    if (withPrograms) await hashPrograms(hash, disk, reader);
    return hash.digest('hex');
  } catch (error) {
    if (error instanceof DiskFormatError) return undefined;
    throw error;
  }
}

/** How large the disk is and where its system's programs lie is known to the kernel then. */
async function hashPrograms(hash: Hash, disk: DiskImage, reader: DiskReader): Promise<void> {
  const programs = await lookAtDisk(reader, findSystemPrograms);
  hash.update(JSON.stringify([reader.size, programs]));
  if (!programs) return;
  for (const place of [programs.kernel, programs.hal]) {
    // They are some 250 MB, which nearly always lie in the image that the disk was made from.
    const origin = await backingOrigin(disk, place);
    if (origin !== undefined) hash.update(origin);
    else await hashPart(hash, { sizeBytes: place.sizeBytes, resident: undefined, places: [place] }, reader);
  }
}

/** The length first, so that no two rows of parts look the same. */
async function hashPart(hash: Hash, { sizeBytes, resident, places }: FileContent, reader: DiskReader) {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(sizeBytes));
  hash.update(length);
  if (resident) hash.update(resident);
  const ranges = places.flatMap((place) => rangesOf(place.offsetBytes, place.sizeBytes));
  for await (const { data } of reader.readAll(ranges)) hash.update(data);
}

function rangesOf(start: number, sizeBytes: number) {
  return Array.from({ length: Math.ceil(sizeBytes / LONGEST_RANGE) }, (_, index) => ({
    start: start + index * LONGEST_RANGE,
    length: Math.min(LONGEST_RANGE, sizeBytes - index * LONGEST_RANGE),
  }));
}
