import { runListing } from './run-listing';

/** What images/files/listing.c offers. Errors have the message that is the path, and a code as in Node.js. */
declare const native: {
  open(path: string): [handle: number, size: number];
  read(handle: number, offset: number, length: number): ArrayBuffer;
  write(handle: number, buffer: ArrayBuffer, length: number): void;
};

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** The listings inside the native program, which calls this with the words behind `list`. Returns the exit code. */
(globalThis as { command?: unknown }).command = (words: readonly string[]): number =>
  runListing(words, {
    readFile: (path) => {
      const [handle, size] = native.open(path);
      return new Uint8Array(native.read(handle, 0, size));
    },
    openDisk: (path) => {
      const [handle, sizeBytes] = native.open(path);
      return { sizeBytes, read: (offset, length) => new Uint8Array(native.read(handle, offset, length)) };
    },
    write: (buffer, length) => native.write(STANDARD_OUTPUT, buffer, length),
    complain: (bytes) => native.write(STANDARD_ERROR, bytes.buffer, bytes.length),
  });
