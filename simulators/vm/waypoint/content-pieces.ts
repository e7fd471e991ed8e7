import { createHash } from 'node:crypto';
import { openDisk } from '../disks/disk-reader';
import { qemuImg } from '../disks/qemu-img';
import type { Session } from '../session/session';

interface Range {
  /** Bytes from the disk's start. */
  readonly start: number;
  readonly length: number;
}

/** A place of a disk and what is there. */
export interface ContentPiece extends Range {
  readonly sha256: string;
}

/** The longest piece (bytes): small enough that a difference is found, and named, early. */
const longestPiece = 1024 * 1024;

/** The places whose data are in the image itself and not in what it stands on, in pieces of at most 1 MiB. */
export async function ownRanges(path: string): Promise<Range[]> {
  const map = JSON.parse(await qemuImg('map', '--output=json', path)) as (Range & {
    readonly depth: number;
    readonly present?: boolean;
  })[];
  const joined: { start: number; length: number }[] = [];
  for (const { start, length, depth, present = true } of map) {
    if (depth !== 0 || !present) continue;
    const last = joined.at(-1);
    if (last && last.start + last.length === start) last.length += length;
    else joined.push({ start, length });
  }
  return joined.flatMap(split);
}

function split({ start, length }: Range): Range[] {
  return Array.from({ length: Math.ceil(length / longestPiece) }, (_, index) => ({
    start: start + index * longestPiece,
    length: Math.min(longestPiece, length - index * longestPiece),
  }));
}

interface Image {
  readonly path: string;
  readonly format: string;
}

/** The content of these ranges. */
export async function contentPieces(
  image: Image,
  ranges: readonly Range[],
  session: Session,
): Promise<ContentPiece[]> {
  const pieces: ContentPiece[] = [];
  await using disk = await openDisk(image, session);
  for await (const { range, data } of disk.readAll(ranges)) pieces.push({ ...range, sha256: sha256(data) });
  return pieces;
}

/** What speaks against an image having this size and these pieces; undefined when it has them all. */
export async function contentDifference(
  image: Image,
  expected: { readonly size: number; readonly pieces: readonly ContentPiece[] },
  session: Session,
): Promise<string | undefined> {
  await using disk = await openDisk(image, session);
  if (disk.size !== expected.size) {
    return `${image.path} has ${disk.size} bytes, the disk seen by the waypoint had ${expected.size}`;
  }
  for await (const { range, data } of disk.readAll(expected.pieces)) {
    if (sha256(data) !== range.sha256) {
      return `${image.path} differs from what the guest had read, in the ${range.length} bytes at offset ${range.start}`;
    }
  }
  return undefined;
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('base64');
}
