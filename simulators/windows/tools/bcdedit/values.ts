import { type BcdValue, elementKind, LIBRARY_ELEMENTS, OS_LOADER_ELEMENTS } from '../../../disk/bcd';
import { deviceText, parseDevice } from './device-text';
import { failures } from './failure';
import { resolveId } from './identifiers';
import { integerText, parseInteger } from './named-integers';
import type { OpenStore } from './store-file';

/** The lines of an element's value: one, except for lists. @param identifier how ids are shown: see `identifierTexts` */
export function valueLines(
  open: OpenStore,
  name: string,
  value: BcdValue,
  identifier: (id: string) => string,
): readonly string[] {
  switch (value.kind) {
    case 'device':
      return [deviceText(value.device, open.volumes, identifier)];
    case 'string':
      return [value.text];
    case 'object':
      return [identifier(value.id)];
    case 'objectList':
      return value.ids.map(identifier);
    case 'integer':
      return [integerText(name, value.value)];
    case 'boolean':
      return [value.value ? 'Yes' : 'No'];
    case 'integerList':
      return value.values.map((one) => `0x${one.toString(16)}`);
    case 'binary':
      return [Buffer.from(value.bytes).toString('hex')];
  }
}

const booleans: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  true: true,
  '1': true,
  no: false,
  off: false,
  false: false,
  '0': false,
};

function integer(name: string, text: string): bigint {
  const value = parseInteger(name, text);
  if (value === undefined) throw failures.data();
  return value;
}

/**
 * Reads what was typed as the value of an element.
 * @throws BcdEditFailure when it does not suit the element.
 */
export function parseValue(open: OpenStore, code: number, name: string, words: readonly string[]): BcdValue {
  const [first] = words;
  const kind = elementKind(code);
  if (first === undefined || (words.length > 1 && kind !== 'objectList' && kind !== 'integerList')) {
    throw failures.commandLine('set');
  }
  const id = (identifier: string): string => resolveId(open, identifier);
  switch (kind) {
    case 'device': {
      // A bare `locate` looks for the loader's file, for `osdevice` for its system folder.
      const target =
        code === OS_LOADER_ELEMENTS.osdevice ? OS_LOADER_ELEMENTS.systemroot : LIBRARY_ELEMENTS.path;
      return { kind, device: parseDevice(first, open.volumes, target, id) };
    }
    case 'string':
      return { kind, text: first };
    case 'object':
      return { kind, id: id(first) };
    case 'objectList':
      return { kind, ids: words.map(id) };
    case 'integer':
      return { kind, value: integer(name, first) };
    case 'boolean': {
      const value = booleans[first.toLowerCase()];
      if (value === undefined) throw failures.data();
      return { kind, value };
    }
    case 'integerList':
      return { kind, values: words.map((word) => integer(name, word)) };
    case 'binary':
      if (!/^([0-9a-f]{2})+$/i.test(first)) throw failures.data();
      return { kind, bytes: Uint8Array.from(Buffer.from(first, 'hex')) };
  }
}
