import * as fs from 'node:fs';
import { basename } from 'node:path';
import type { BlockDevice, BlockDevices } from './host-options';

/** Real block devices (or image files) through the page cache. */
export const linuxBlockDevices: BlockDevices = { open, partitionNode };

function open(path: string): BlockDevice {
  return {
    sizeBytes: sizeOf(path),
    read(offsetBytes, length) {
      return withFile(path, 'r', (file) => {
        const bytes = new Uint8Array(length);
        let done = 0;
        while (done < length) {
          const count = fs.readSync(file, bytes, done, length - done, offsetBytes + done);
          if (count === 0) break;
          done += count;
        }
        return bytes.subarray(0, done);
      });
    },
    write(patches) {
      withFile(path, 'r+', (file) => {
        for (const { offsetBytes, bytes } of patches) writeAll(file, bytes, offsetBytes);
        fs.fsyncSync(file);
      });
    },
  };
}

function writeAll(file: number, bytes: Uint8Array, offset: number): void {
  let done = 0;
  while (done < bytes.length) done += fs.writeSync(file, bytes, done, bytes.length - done, offset + done);
}

function withFile<T>(path: string, flags: 'r' | 'r+', work: (file: number) => T): T {
  const file = fs.openSync(path, flags);
  try {
    return work(file);
  } finally {
    fs.closeSync(file);
  }
}

/**
 * A block device's own size is not in its stat: the kernel gives it in 512-byte sectors, by the device's numbers (glibc's
 * gnu_dev_major), since nodes of device-mapper have names of their own.
 */
function sizeOf(path: string): number {
  const facts = fs.statSync(path);
  if (!facts.isBlockDevice()) return facts.size;
  const [major, minor] = [(facts.rdev >> 8) & 0xfff, (facts.rdev & 0xff) | ((facts.rdev >> 12) & 0xfff00)];
  return Number(fs.readFileSync(`/sys/dev/block/${major}:${minor}/size`, 'utf8')) * 512;
}

function partitionNode(
  path: string,
  number: number,
  startSector: number,
  sizeSectors: number,
): string | undefined {
  const node = `${path}${/\d$/.test(path) ? 'p' : ''}${number}`;
  const facts = `/sys/class/block/${basename(node)}`;
  if (!fs.existsSync(node) || !fs.existsSync(`${facts}/start`)) return undefined;
  const fact = (name: string) => Number(fs.readFileSync(`${facts}/${name}`, 'utf8'));
  // The kernel may still know the table from before it was edited.
  return fact('start') === startSector && fact('size') === sizeSectors ? node : undefined;
}
