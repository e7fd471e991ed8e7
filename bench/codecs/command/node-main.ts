import { fstatSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { runCommand } from './run-command';

/** The listings under Node.js. */
runCommand(process.argv.slice(2), {
  readFile: (path) => readFileSync(path),
  openDisk: (path) => {
    const handle = openSync(path, 'r');
    return {
      sizeBytes: fstatSync(handle).size,
      read: (offset, length) => {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, readSync(handle, bytes, 0, length, offset));
      },
    };
  },
  write: (bytes) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(1, bytes, done);
  },
});
