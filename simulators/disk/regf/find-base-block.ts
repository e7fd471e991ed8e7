import { hasAscii, readI32, readU16 } from '../bytes';
import { BASE_BLOCK_SIZE, type BaseBlock, readBaseBlock } from './base-block';
import { type Damages, ROOT } from './damages';
import { HiveFormatError } from './hive-format-error';

const IS_ROOT = 0x4;

/** Stands for a base block that is lost. The version is our choice: that of most hives since Windows XP. */
function assumedBaseBlock(bytes: Uint8Array): BaseBlock {
  return {
    primarySequence: 1,
    secondarySequence: 1,
    lastWritten: 0n,
    majorVersion: 1,
    minorVersion: 5,
    rootOffset: findRoot(bytes),
    binsSize: bytes.length - BASE_BLOCK_SIZE,
    fileName: '',
    checksumValid: false,
  };
}

/**
 * The base block. Where damage is tolerated and the block is lost, or its root offset leads nowhere, the root is
 * looked for: the key node with the flag of one. Throws a HiveFormatError when there is none.
 */
export function findBaseBlock(bytes: Uint8Array, damages: Damages): BaseBlock {
  if (!damages.tolerated) return readBaseBlock(bytes);
  const base = damages.tolerate(ROOT, 'base block', () => readBaseBlock(bytes)) ?? assumedBaseBlock(bytes);
  const sound = damages.tolerate(ROOT, 'base block', () => {
    if (isKey(bytes, BASE_BLOCK_SIZE + base.rootOffset)) return base;
    throw new HiveFormatError(0x24, 'the base block does not lead to a root key');
  });
  return sound ?? { ...base, rootOffset: findRoot(bytes) };
}

function isKey(bytes: Uint8Array, at: number): boolean {
  return at + 0x50 <= bytes.length && readI32(bytes, at) < 0 && hasAscii(bytes, at + 4, 'nk');
}

function findRoot(bytes: Uint8Array): number {
  for (let at = BASE_BLOCK_SIZE + 32; at + 0x50 <= bytes.length; at += 8) {
    if (isKey(bytes, at) && readU16(bytes, at + 6) & IS_ROOT) {
      return at - BASE_BLOCK_SIZE;
    }
  }
  throw new HiveFormatError(0x24, 'no key in the bins is marked as the root');
}
