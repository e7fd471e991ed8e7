import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { FileAttribute } from './file-attributes';
import { WindowsError } from './windows-error';

/** Keeps the DOS attributes of files, by their paths on the machine underneath. */
export interface AttributeStore {
  /** The attributes of each path, in order; undefined where the file system does not know any. */
  read(paths: readonly string[]): Promise<readonly (number | undefined)[]>;
  /** Throws WindowsError 50 where the file system keeps none. */
  write(path: string, attributes: number): Promise<void>;
}

/** `f_type` of FUSE (linux/magic.h): the one way NTFS is mounted here. */
const fuse = 0x65735546;
/** ntfs-3g(8), "Extended attributes": the attributes as a big-endian u32. */
const attributeName = 'system.ntfs_attrib_be';
/** Names per call, so that a big folder does not outgrow an argument list. */
const batch = 400;

function run(program: string, args: readonly string[]): Promise<{ output: string; failed: boolean }> {
  return new Promise((resolve) => {
    execFile(program, [...args], { maxBuffer: 1 << 24, encoding: 'latin1' }, (error, output) => {
      resolve({ output, failed: error !== null });
    });
  });
}

async function onFuse(path: string): Promise<boolean> {
  const found = await statfs(path).catch(() => undefined);
  return found !== undefined && found.type === fuse;
}

/** getfattr writes `# file: name`, bytes that are not plain as `\ooo`, then `name=0x00000020`. */
function parseGetfattr(output: string): Map<string, number> {
  const found = new Map<string, number>();
  let name: string | undefined;
  for (const line of output.split('\n')) {
    const file = /^# file: (.*)$/.exec(line)?.[1];
    if (file !== undefined) {
      const bytes = file.replace(/\\([0-7]{3})/g, (_whole, octal: string) =>
        String.fromCharCode(Number.parseInt(octal, 8)),
      );
      name = Buffer.from(bytes, 'latin1').toString('utf8');
    }
    const value = new RegExp(`^${attributeName}=0x([0-9a-f]{8})$`).exec(line)?.[1];
    if (name !== undefined && value !== undefined) found.set(name, Number.parseInt(value, 16));
  }
  return found;
}

/**
 * Attributes of NTFS volumes under ntfs-3g, through the programs `getfattr` and `setfattr` (Debian's `attr`; Node.js
 * has no call for extended attributes). Other file systems know none.
 */
export const ntfsAttributes: AttributeStore = {
  async read(paths) {
    const [first] = paths;
    if (first === undefined || !(await onFuse(first))) return paths.map(() => undefined);
    const found = new Map<string, number>();
    for (let start = 0; start < paths.length; start += batch) {
      const some = paths.slice(start, start + batch);
      const args = ['--absolute-names', '-h', '-n', attributeName, '-e', 'hex', '--', ...some];
      for (const [name, value] of parseGetfattr((await run('getfattr', args)).output)) found.set(name, value);
    }
    return paths.map((path) => found.get(path));
  },
  async write(path, attributes) {
    if (!(await onFuse(path))) throw new WindowsError(50);
    // A folder stays one whatever is written; ntfs-3g keeps those bits itself.
    const value = (attributes & ~FileAttribute.folder).toString(16).padStart(8, '0');
    const { failed } = await run('setfattr', ['-n', attributeName, '-v', `0x${value}`, '--', path]);
    if (failed) throw new WindowsError(50);
  },
};
