import * as std from 'quickjs-std';
import { runCommand } from './run-command';

/** Where QuickJS puts the command line. */
declare const scriptArgs: readonly string[];

/** The listings under QuickJS. */
runCommand(scriptArgs.slice(1), {
  readFile: (path) => {
    const file = open(path);
    file.seek(0, std.SEEK_END);
    const bytes = new ArrayBuffer(file.tell());
    file.seek(0, std.SEEK_SET);
    file.read(bytes, 0, bytes.byteLength);
    return new Uint8Array(bytes);
  },
  openDisk: (path) => {
    const file = open(path);
    file.seek(0, std.SEEK_END);
    return {
      sizeBytes: file.tell(),
      read: (offset, length) => {
        const bytes = new ArrayBuffer(length);
        file.seek(offset, std.SEEK_SET);
        return new Uint8Array(bytes, 0, file.read(bytes, 0, length));
      },
    };
  },
  write: (bytes) => {
    std.out.write(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
    std.out.flush();
  },
});

function open(path: string) {
  const file = std.open(path, 'rb');
  if (!file) throw new Error(`${path} cannot be opened.`);
  return file;
}
