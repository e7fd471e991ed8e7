import { DiskFormatError } from '../bytes';
import { readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';

/** A metadata block that was read well, and where. Sectors are absolute. */
export interface Found<Block> {
  readonly sector: number;
  readonly block: Block;
}

/** A copy of a block that cannot be used while another one can. */
export interface DamagedCopy {
  readonly kind: 'PRIVHEAD' | 'TOCBLOCK';
  /** Absolute. */
  readonly sector: number;
  /** What is wrong with it, a sentence. */
  readonly problem: string;
}

export interface Copies<Block> {
  readonly sound: readonly Found<Block>[];
  readonly damaged: readonly DamagedCopy[];
}

/** Reads every copy of a block. Refuses only where none is sound. `sectors` outside the disk count as damaged copies. */
export function readCopies<Block>(
  reader: SectorReader,
  sectors: readonly number[],
  kind: DamagedCopy['kind'],
  parse: (sector: Uint8Array, offset: number) => Block,
): Copies<Block> {
  const sound: Found<Block>[] = [];
  const damaged: DamagedCopy[] = [];
  const diskSectors = Math.floor(reader.sizeBytes / SECTOR_BYTES);
  for (const sector of new Set(sectors)) {
    try {
      if (sector < 0 || sector >= diskSectors) {
        throw new DiskFormatError(
          Math.max(0, sector) * SECTOR_BYTES,
          `a ${kind} beyond the end of the disk`,
          `It lies beyond the end of the disk, which has ${diskSectors} sectors.`,
        );
      }
      sound.push({ sector, block: parse(readSectors(reader, sector), sector * SECTOR_BYTES) });
    } catch (error) {
      if (!(error instanceof DiskFormatError)) throw error;
      damaged.push({ kind, sector, problem: error.message });
    }
  }
  if (sound.length > 0) return { sound, damaged };
  throw new DiskFormatError(
    Math.max(0, sectors[0] ?? 0) * SECTOR_BYTES,
    `none of the ${kind} copies is usable`,
    `The disk is marked as dynamic, but none of its ${kind} copies is usable. ${damaged.map(sentenceOf).join(' ')} Restore one of them from a backup, or clean the disk.`,
  );
}

export function sentenceOf({ sector, problem }: DamagedCopy): string {
  return `Sector ${sector}: ${problem}`;
}

/** The copy with the highest update sequence, the first one where several have it. */
export function newest<Block extends { readonly updateSequence: bigint }>(
  copies: readonly Found<Block>[],
): Found<Block> {
  return copies.reduce((best, copy) => (copy.block.updateSequence > best.block.updateSequence ? copy : best));
}
