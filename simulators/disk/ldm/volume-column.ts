import { DiskFormatError } from '../bytes';
import { type Patch, SECTOR_BYTES, type SectorReader } from '../mbr';
import type { VolumeExtent } from './group-types';
import type { LdmMember } from './member';

/** Gives the disk that a member was read from, or undefined where it shall not be used. */
export type DiskOf = (member: LdmMember) => SectorReader | undefined;

/** What a write to a volume puts on one of its disks. */
export interface MemberPatches {
  readonly member: LdmMember;
  readonly patches: readonly Patch[];
}

/** Collects what a write puts on each disk. */
export class PatchList {
  readonly #patches = new Map<LdmMember, Patch[]>();

  add(member: LdmMember, offsetBytes: number, bytes: Uint8Array): void {
    const patches = this.#patches.get(member);
    if (patches) patches.push({ offsetBytes, bytes });
    else this.#patches.set(member, [{ offsetBytes, bytes }]);
  }

  get all(): MemberPatches[] {
    return [...this.#patches].map(([member, patches]) => ({ member, patches }));
  }
}

interface Piece {
  /** Bytes from the start of the column. */
  readonly start: number;
  readonly end: number;
  /** Undefined where the disk is missing. */
  readonly disk: SectorReader | undefined;
  readonly member: LdmMember | undefined;
  readonly diskOffset: number;
}

/** A row of extents one behind the other: a whole concatenated component, or a column of a striped or RAID-5 one. */
export class VolumeColumn {
  readonly #pieces: readonly Piece[];
  /** True where every extent lies on a disk that is here. */
  readonly present: boolean;
  /** True where it is present and no disk of it is behind those of the other columns. */
  readonly current: boolean;

  /**
   * Refuses extents that leave a gap, overlap or do not fill `sizeBytes`.
   * @param newest transaction that a disk must have reached for its data to be up to date
   */
  constructor(
    owner: string,
    extents: readonly VolumeExtent[],
    sizeBytes: number,
    diskOf: DiskOf,
    newest: bigint,
  ) {
    this.#pieces = extents.map((extent) => toPiece(extent, diskOf));
    let end = 0;
    for (const piece of this.#pieces) {
      if (piece.start !== end) throw refusal(owner, end, piece.start);
      end = piece.end;
    }
    if (end < sizeBytes) throw refusal(owner, end, sizeBytes);
    this.present = this.#pieces.every(({ disk }) => disk !== undefined);
    this.current =
      this.present && extents.every(({ disk }) => (disk.member?.vmdb.committedTransaction ?? 0n) >= newest);
  }

  /** All bytes must lie on disks that are here. One piece is handed on as the disk gave it. */
  read(offset: number, length: number): Uint8Array {
    const piece = this.#pieceAt(offset);
    if (offset + length <= piece.end) return readPiece(piece, offset, length);
    const bytes = new Uint8Array(length);
    for (let at = offset; at < offset + length; ) {
      const part = this.#pieceAt(at);
      const end = Math.min(part.end, offset + length);
      bytes.set(readPiece(part, at, end - at), at - offset);
      at = end;
    }
    return bytes;
  }

  /** Leaves out what lies on missing disks. */
  write(offset: number, bytes: Uint8Array, patches: PatchList): void {
    for (let at = offset; at < offset + bytes.length; ) {
      const part = this.#pieceAt(at);
      const end = Math.min(part.end, offset + bytes.length);
      if (part.member && part.disk)
        patches.add(
          part.member,
          part.diskOffset + at - part.start,
          bytes.subarray(at - offset, end - offset),
        );
      at = end;
    }
  }

  #pieceAt(offset: number): Piece {
    const piece = this.#pieces.find(({ end }) => offset < end);
    if (piece) return piece;
    throw new RangeError(`Byte ${offset} lies behind the end of a column.`);
  }
}

function toPiece(
  { name, disk, absoluteSector, sizeSectors, columnOffset }: VolumeExtent,
  diskOf: DiskOf,
): Piece {
  const reader = disk.member && diskOf(disk.member);
  const diskOffset = (absoluteSector ?? 0) * SECTOR_BYTES;
  if (disk.member && reader) {
    const { publicStart, publicSize } = disk.member.privHead;
    const publicEnd = Math.min((publicStart + publicSize) * SECTOR_BYTES, reader.sizeBytes);
    if (diskOffset + sizeSectors * SECTOR_BYTES > publicEnd)
      throw new DiskFormatError(
        Math.min(diskOffset, publicEnd),
        `extent ${name} goes beyond the public region of ${disk.name}`,
        `Extent ${name} goes beyond the public region of ${disk.name}. The LDM database is damaged, or the disk image is cut short.`,
      );
  }
  return {
    start: columnOffset * SECTOR_BYTES,
    end: (columnOffset + sizeSectors) * SECTOR_BYTES,
    disk: reader,
    member: disk.member,
    diskOffset,
  };
}

function readPiece({ disk, diskOffset, start }: Piece, offset: number, length: number): Uint8Array {
  const at = diskOffset + offset - start;
  const bytes = disk!.read(at, length);
  if (bytes.length === length) return bytes;
  throw new Error(
    `Reading ${length} bytes at offset ${at} returned ${bytes.length} bytes. Check the disk image or the device for read errors.`,
  );
}

/** The offset is that of the volume: its extents contradict each other, not one place on a disk. */
function refusal(owner: string, seen: number, wanted: number): DiskFormatError {
  return new DiskFormatError(
    Math.min(seen, wanted),
    `the extents of ${owner} leave a gap or overlap`,
    `The extents of ${owner} end at byte ${seen}, but the next one, or the end, is expected at byte ${wanted}. The LDM database is damaged.`,
  );
}
