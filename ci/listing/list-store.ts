import { type BcdDevice, type BcdValue, elementName, visitStore } from '../../simulators/disk/bcd';
import { toHex } from '../../simulators/disk/bytes';
import type { ByteText } from './byte-text';

/** Every object of a boot configuration data store with its elements, decoded. */
export function listStore(file: Uint8Array, out: ByteText): void {
  visitStore(
    file,
    (id, type) => out.text(`${id} ${type.toString(16)}\n`),
    ({ code, value }, type) => {
      const name = elementName(type, code) ?? `custom:${code.toString(16)}`;
      out.text(`  ${name} ${valueText(value)}\n`);
    },
  );
}

function valueText(value: BcdValue): string {
  switch (value.kind) {
    case 'device':
      return deviceText(value.device);
    case 'string':
      return value.text;
    case 'object':
      return value.id;
    case 'objectList':
      return value.ids.join(' ');
    case 'integer':
      return value.value.toString();
    case 'boolean':
      return value.value ? 'yes' : 'no';
    case 'integerList':
      return value.values.join(' ');
    case 'binary':
      return toHex(value.bytes);
  }
}

/** The kind, then its fields by the names of BcdDevice; that of a parent in parentheses. */
function deviceText(device: BcdDevice): string {
  const { kind, ...fields } = device;
  let text: string = kind;
  for (const [name, field] of Object.entries(fields)) text += ` ${name}=${fieldText(field)}`;
  return text;
}

function fieldText(field: unknown): string {
  if (field instanceof Uint8Array) return toHex(field);
  return typeof field === 'object' && field !== null ? `(${deviceText(field as BcdDevice)})` : String(field);
}
