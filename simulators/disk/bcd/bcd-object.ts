import { readU32 } from '../bytes';
import type { HiveKey } from '../regf';
import type { BcdDevice } from './device';
import { type BcdValue, decodeElement, encodeElement } from './element-value';

export interface BcdElement {
  readonly code: number;
  readonly value: BcdValue;
}

/** What of a key is needed to read an object: a key of a tree, or one that still lies in its file. */
type ObjectKey = Pick<HiveKey, 'name' | 'getBinary'> & {
  subkeys(): readonly ObjectKey[];
  key(path: string): ObjectKey | undefined;
};

/** Id of an object's key: lower case, in braces. */
export function objectIdOf(key: ObjectKey): string {
  return key.name.toLowerCase();
}

/** See BcdObjectType; 0 where the store does not say. */
export function objectTypeOf(key: ObjectKey): number {
  const type = key.key('Description')?.getBinary('Type');
  return type?.length === 4 ? readU32(type, 0) : 0;
}

/** Shows the elements of an object's key in the order of their codes. */
export function visitElements(key: ObjectKey, show: (element: BcdElement) => void): void {
  for (const element of key.key('Elements')?.subkeys() ?? []) {
    const data = element.getBinary('Element');
    if (data === undefined || !/^[0-9a-f]{8}$/i.test(element.name)) continue;
    const code = Number.parseInt(element.name, 16);
    show({ code, value: decodeElement(code, data) });
  }
}

/** One object of a store. Changes go straight into the store's hive. */
export class BcdObject {
  constructor(private readonly key: HiveKey) {}

  /** Lower case, in braces. */
  get id(): string {
    return objectIdOf(this.key);
  }

  /** See BcdObjectType; 0 where the store does not say. */
  get type(): number {
    return objectTypeOf(this.key);
  }

  /** Elements in the order of their codes. */
  elements(): readonly BcdElement[] {
    const found: BcdElement[] = [];
    visitElements(this.key, (element) => found.push(element));
    return found;
  }

  get(code: number): BcdValue | undefined {
    const data = this.key.key(`Elements\\${elementKeyName(code)}`)?.getBinary('Element');
    return data && decodeElement(code, data);
  }

  /** Throws a TypeError when the value's kind is not the one that the code's format bits ask for. */
  set(code: number, value: BcdValue): void {
    const data = encodeElement(code, value);
    this.key.createKey(`Elements\\${elementKeyName(code)}`).setValue('Element', data);
  }

  /** Takes over all elements of another object, byte for byte. */
  copyElements(from: BcdObject): void {
    for (const element of from.key.key('Elements')?.subkeys() ?? []) {
      const copy = this.key.createKey(`Elements\\${element.name}`);
      for (const value of element.values()) copy.setValue(value.name, value);
    }
  }

  /** False when the object has no such element. */
  delete(code: number): boolean {
    return this.key.deleteKey(`Elements\\${elementKeyName(code)}`);
  }

  getString(code: number): string | undefined {
    const value = this.get(code);
    return value?.kind === 'string' ? value.text : undefined;
  }

  getInteger(code: number): bigint | undefined {
    const value = this.get(code);
    return value?.kind === 'integer' ? value.value : undefined;
  }

  getBoolean(code: number): boolean | undefined {
    const value = this.get(code);
    return value?.kind === 'boolean' ? value.value : undefined;
  }

  getObject(code: number): string | undefined {
    const value = this.get(code);
    return value?.kind === 'object' ? value.id : undefined;
  }

  getObjects(code: number): readonly string[] | undefined {
    const value = this.get(code);
    return value?.kind === 'objectList' ? value.ids : undefined;
  }

  getDevice(code: number): BcdDevice | undefined {
    const value = this.get(code);
    return value?.kind === 'device' ? value.device : undefined;
  }

  setString(code: number, text: string): void {
    this.set(code, { kind: 'string', text });
  }

  setInteger(code: number, value: bigint | number): void {
    this.set(code, { kind: 'integer', value: BigInt(value) });
  }

  setBoolean(code: number, value: boolean): void {
    this.set(code, { kind: 'boolean', value });
  }

  setObject(code: number, id: string): void {
    this.set(code, { kind: 'object', id });
  }

  setObjects(code: number, ids: readonly string[]): void {
    this.set(code, { kind: 'objectList', ids });
  }

  setDevice(code: number, device: BcdDevice): void {
    this.set(code, { kind: 'device', device });
  }
}

function elementKeyName(code: number): string {
  return code.toString(16).padStart(8, '0');
}
