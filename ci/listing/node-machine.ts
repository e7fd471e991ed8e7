import { fstatSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Machine } from './machine';

/** Node.js under the listings. Relative paths count from `folder`. */
export function nodeMachine(folder: string): Machine {
  return {
    readFile: (path) => readFileSync(resolve(folder, path)),
    openDisk: (path) => {
      const handle = openSync(resolve(folder, path), 'r');
      return {
        sizeBytes: fstatSync(handle).size,
        read: (offset, length) => {
          const bytes = new Uint8Array(length);
          return bytes.subarray(0, readSync(handle, bytes, 0, length, offset));
        },
      };
    },
    write: (buffer, length) => writeAll(1, new Uint8Array(buffer, 0, length)),
    complain: (bytes) => writeAll(2, bytes),
  };
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
}
