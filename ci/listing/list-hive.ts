import { readU32 } from '../../simulators/disk/bytes';
import { RegistryType, type StoredValue, visitHive } from '../../simulators/disk/regf';
import type { ByteText } from './byte-text';

/** Every key and value of a hive, in the words of `hivexregedit --export FILE '\'`. */
export function listHive(file: Uint8Array, out: ByteText): void {
  /** Paths of the key before this one and of those above it, by their depth. */
  const paths: string[] = [];
  visitHive(file, (key, depth) => {
    if (depth === 0) out.text('Windows Registry Editor Version 5.00\n\n');
    const path = depth === 0 ? '' : `${paths[depth - 1]}\\${key.name}`;
    paths[depth] = path;
    out.text(`[${path || '\\'}]\n`);
    const values = key.values();
    for (let index = 0; index < values.length; index += 1) listValue(values[index]!, out);
    out.text('\n');
  });
}

function listValue({ name, type, row, start, length }: StoredValue, out: ByteText): void {
  if (name === '') out.text('@=');
  else out.text('"').quoted(name).text('"=');
  if (type === RegistryType.dword && length === 4) {
    out.text(`dword:${readU32(row, start).toString(16).padStart(8, '0')}\n`);
  } else {
    out
      .text(`hex(${type.toString(16)}):`)
      .hexList(row, start, length)
      .text('\n');
  }
}
