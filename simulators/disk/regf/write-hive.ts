import { encodeBaseBlock } from './base-block';
import { NO_CELL } from './cell-reader';
import { CellWriter } from './cell-writer';
import type { HiveKey } from './hive-key';
import { SecurityCells } from './security-cells';
import { placeKey, writeTree } from './write-keys';

export interface HiveToWrite {
  readonly root: HiveKey;
  readonly minorVersion: number;
  readonly sequence: number;
  readonly lastWritten: bigint;
  readonly fileName: string;
  /** The base block so far, whose other fields are kept. */
  readonly baseBlock: Uint8Array | undefined;
  /** Bytes that the file had so far, to reserve memory; 0 where not known. */
  readonly expectedSize: number;
}

/** The bytes of a clean hive: both sequence numbers equal, every list sorted, no free space inside. */
export function writeHive(hive: HiveToWrite): Uint8Array {
  const cells = new CellWriter(hive.lastWritten, hive.expectedSize);
  const security = new SecurityCells();
  const root = { key: hive.root, offset: placeKey(cells, hive.root, NO_CELL) };
  writeTree(cells, security, root, hive.minorVersion);
  security.write(cells);
  return finishHive(hive, cells, root.offset);
}

/** Puts the base block in front of what was written. */
export function finishHive(hive: HiveToWrite, cells: CellWriter, rootOffset: number): Uint8Array {
  const { file, binsSize } = cells.finish();
  const baseBlock = encodeBaseBlock(
    {
      primarySequence: hive.sequence,
      secondarySequence: hive.sequence,
      lastWritten: hive.lastWritten,
      majorVersion: 1,
      minorVersion: hive.minorVersion,
      rootOffset,
      binsSize,
      fileName: hive.fileName,
    },
    hive.baseBlock,
  );
  file.set(baseBlock);
  return file;
}
