import { BcdStore, elementName } from '../../../simulators/disk/bcd';
import { toHex } from '../../../simulators/disk/bytes';
import type { ByteText } from './byte-text';

/** Every object of a boot configuration data store with its elements, decoded. */
export function listStore(file: Uint8Array, out: ByteText): void {
  for (const object of BcdStore.parse(file).objects()) {
    out.text(`${object.id} ${object.type.toString(16)}\n`);
    for (const { code, value } of object.elements()) {
      const name = elementName(object.type, code) ?? code.toString(16);
      out.text(`  ${name} ${JSON.stringify(value, plain)}\n`);
    }
  }
}

function plain(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? toHex(value) : value;
}
