import { RegistryType, type VisitedKey, visitHive } from '../../../simulators/disk/regf';
import type { ByteText } from './byte-text';
import { LONGEST_UNIT, writeUtf8 } from './utf8';

/** A path of 512 names of 255 characters. */
const LONGEST_PATH = 512 * 256 * LONGEST_UNIT;

/** Every key and value of a hive, in the words of `hivexregedit --export FILE '\'`. */
export function listHive(file: Uint8Array, out: ByteText): void {
  out.text('Windows Registry Editor Version 5.00\n\n');
  const path = new Uint8Array(LONGEST_PATH);
  /** Where in `path` the names of the key before this one, and of those above it, end. */
  const ends: number[] = [];
  visitHive(file, (key, depth) => {
    const above = ends[depth - 1] ?? 0;
    if (depth > 0) path[above] = 0x5c;
    ends[depth] = depth === 0 ? 0 : writeUtf8(path, above + 1, key.name);
    out
      .text(depth === 0 ? '[\\' : '[')
      .bytes(path, ends[depth])
      .text(']\n');
    listValues(key, out);
  });
}

function listValues(key: VisitedKey, out: ByteText): void {
  for (const { name, type, data } of key.values()) {
    if (name === '') out.text('@=');
    else out.text('"').quoted(name).text('"=');
    if (type === RegistryType.dword && data.length === 4) out.text('dword:').hexNumber(data);
    else out.text('hex(').text(type.toString(16)).text('):').hexList(data);
    out.text('\n');
  }
  out.text('\n');
}
