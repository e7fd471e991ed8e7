import * as os from 'quickjs-os';
import * as std from 'quickjs-std';
import { HIVE_LOG_SUFFIXES, isCleanHive } from '../../disk/regf';

/** Reads from a device or file; shorter than asked for at its end. Throws when it cannot be opened. */
export function readBytes(path: string, offset: number, length: number): Uint8Array {
  const file = std.open(path, 'rb');
  if (!file) {
    throw new Error(`Failed to open ${path}`);
  }
  try {
    const buffer = new ArrayBuffer(length);
    file.seek(offset, std.SEEK_SET);
    return new Uint8Array(buffer, 0, file.read(buffer, 0, length));
  } finally {
    file.close();
  }
}

/** The whole content of a file, or undefined where it cannot be opened. */
export function readFile(path: string): Uint8Array | undefined {
  const file = std.open(path, 'rb');
  if (!file) {
    return undefined;
  }
  try {
    file.seek(0, std.SEEK_END);
    const buffer = new ArrayBuffer(file.tell());
    file.seek(0, std.SEEK_SET);
    file.read(buffer, 0, buffer.byteLength);
    return new Uint8Array(buffer);
  } finally {
    file.close();
  }
}

/** Writes into a device or file, in place. Throws when it cannot be opened. */
export function writeBytes(path: string, offset: number, bytes: Uint8Array): void {
  const file = std.open(path, 'r+b');
  if (!file) {
    throw new Error(`Failed to open ${path} for writing`);
  }
  file.seek(offset, std.SEEK_SET);
  file.write(new Uint8Array(bytes).buffer, 0, bytes.length);
  file.close();
}

/** Replaces the content of a file. */
export function writeFile(path: string, bytes: Uint8Array): void {
  const file = std.open(path, 'wb');
  if (!file) {
    throw new Error(`Failed to open ${path} for writing`);
  }
  const buffer = new Uint8Array(bytes).buffer;
  file.write(buffer, 0, buffer.byteLength);
  file.close();
}

/** The transaction logs beside a hive, which recover one that was not closed; none beside one that was. */
export function readLogs(mountPoint: string, hivePath: string, hive: Uint8Array | undefined): Uint8Array[] {
  if (hive === undefined || isCleanHive(hive)) return [];
  return HIVE_LOG_SUFFIXES.flatMap(
    (suffix) => readFile(findFile(mountPoint, `${hivePath}${suffix}`) ?? '') ?? [],
  );
}

/** Names in folders that were read since something was mounted last: a question to ntfs-3g wakes a second program. */
const namesIn = new Map<string, readonly string[]>();

function namesOf(folder: string): readonly string[] {
  const known = namesIn.get(folder);
  if (known) return known;
  const [names] = os.readdir(folder);
  namesIn.set(folder, names);
  return names;
}

/** Finds `\Boot\BCD` below a mount point whatever the case of its letters, as Windows would. Undefined where it is not. */
export function findFile(mountPoint: string, windowsPath: string): string | undefined {
  let path = mountPoint;
  for (const part of windowsPath.split('\\').filter((name) => name !== '')) {
    const name = namesOf(path).find((candidate) => candidate.toLowerCase() === part.toLowerCase());
    if (name === undefined) {
      return undefined;
    }
    path = `${path}/${name}`;
  }
  return path;
}

/** Runs a program; what was known of folders may be different then. */
export function run(...command: string[]): boolean {
  namesIn.clear();
  return os.exec(command, { block: true }) === 0;
}
