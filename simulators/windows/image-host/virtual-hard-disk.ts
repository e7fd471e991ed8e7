import { open } from 'node:fs/promises';
import { hasAscii, readU32BE, readU64BE } from '../../disk/bytes';

const FOOTER_BYTES = 512;
const FIXED = 2;

/**
 * The bytes of the disk in a fixed VHD, whose footer stands behind them, so that QEMU takes it for raw; undefined for
 * another file. Source: Microsoft, "Virtual Hard Disk Image Format Specification", 1.0, "Hard Disk Footer Format".
 */
export async function fixedVhdBytes(image: string, fileBytes: number): Promise<number | undefined> {
  if (fileBytes < FOOTER_BYTES) return undefined;
  const file = await open(image, 'r');
  try {
    const footer = new Uint8Array(FOOTER_BYTES);
    await file.read(footer, 0, FOOTER_BYTES, fileBytes - FOOTER_BYTES);
    if (!hasAscii(footer, 0, 'conectix') || readU32BE(footer, 60) !== FIXED) return undefined;
    const size = Number(readU64BE(footer, 48));
    return size > 0 && size <= fileBytes - FOOTER_BYTES ? size : undefined;
  } finally {
    await file.close();
  }
}
