import type { HiveClock, HiveKeyFields, HiveValue, KeyMarks } from './key-fields';
import { upcaseName } from './name-order';
import { Subkeys } from './subkeys';
import { dwordOf, qwordOf, registryData, stringOf, stringsOf, type ValueData } from './value-data';

const NO_KEYS: readonly HiveKey[] = [];

const LONGEST_KEY_NAME = 255;
const LONGEST_VALUE_NAME = 16_383;

/** A key of the mutable tree: subkeys and values are found without regard to case. Paths use backslashes. */
export class HiveKey {
  readonly name: string;
  className: string | undefined;
  lastWritten: bigint;
  readonly flags: number;
  readonly securityDescriptor: Uint8Array;
  readonly marks: KeyMarks | undefined;
  /** Undefined where there was never one: in most keys. */
  private children: Subkeys<HiveKey> | undefined;
  private valueList: HiveValue[] = [];

  constructor(
    fields: HiveKeyFields,
    readonly parent: HiveKey | undefined,
    private readonly clock: HiveClock | undefined,
  ) {
    this.name = fields.name;
    this.className = fields.className;
    this.lastWritten = fields.lastWritten;
    this.flags = fields.flags;
    this.securityDescriptor = fields.securityDescriptor;
    this.marks = fields.marks;
  }

  /** Backslash path below the root; empty for the root. */
  get path(): string {
    const names: string[] = [];
    for (let key: HiveKey = this; key.parent !== undefined; key = key.parent) names.unshift(key.name);
    return names.join('\\');
  }

  /** Subkeys in the order of their list. */
  subkeys(): readonly HiveKey[] {
    return this.children?.inOrder() ?? NO_KEYS;
  }

  /** The key at a path relative to this one; the empty path is this key itself. */
  key(path: string): HiveKey | undefined {
    let key: HiveKey | undefined = this;
    for (const name of splitPath(path)) key = key?.children?.find(name);
    return key;
  }

  /** Opens the key at a relative path, creating what is missing with this hive's inherited security. */
  createKey(path: string): HiveKey {
    let key: HiveKey = this;
    for (const name of splitPath(path)) key = key.children?.find(name) ?? key.addSubkey(name);
    return key;
  }

  /** Deletes the key at a relative path with everything below it. False when there is none. */
  deleteKey(path: string): boolean {
    const key = this.key(path);
    if (key === undefined) return false;
    if (key === this || key.parent === undefined) {
      throw new RangeError('A key cannot delete itself; call deleteKey on a parent with a path below it');
    }
    key.parent.dropSubkey(key);
    return true;
  }

  /** Values in stored order. */
  values(): readonly HiveValue[] {
    return this.valueList;
  }

  getValue(name: string): HiveValue | undefined {
    const upper = upcaseName(name);
    return this.valueList.find((value) => upcaseName(value.name) === upper);
  }

  /** Sets a value, keeping the stored name and place of one that is already there. */
  setValue(name: string, value: ValueData): void {
    if (name.length > LONGEST_VALUE_NAME) {
      throw new RangeError(`A value name of ${name.length} characters is too long (${LONGEST_VALUE_NAME})`);
    }
    if (this.marks?.predefinedHandle !== undefined) {
      throw new RangeError(
        `The key "${this.path}" stands for a predefined handle, so it has no values to set`,
      );
    }
    const old = this.getValue(name);
    const next: HiveValue = { name: old?.name ?? name, type: value.type, data: value.data.slice() };
    if (old === undefined) this.valueList.push(next);
    else this.valueList[this.valueList.indexOf(old)] = next;
    this.touch();
  }

  /** False when there is no such value. */
  deleteValue(name: string): boolean {
    const old = this.getValue(name);
    if (old === undefined) return false;
    this.valueList = this.valueList.filter((value) => value !== old);
    this.touch();
    return true;
  }

  getString(name: string): string | undefined {
    const value = this.getValue(name);
    return value && stringOf(value);
  }

  getStrings(name: string): string[] | undefined {
    const value = this.getValue(name);
    return value && stringsOf(value);
  }

  getDword(name: string): number | undefined {
    const value = this.getValue(name);
    return value && dwordOf(value);
  }

  getQword(name: string): bigint | undefined {
    const value = this.getValue(name);
    return value && qwordOf(value);
  }

  /** Raw bytes of a value of any type. */
  getBinary(name: string): Uint8Array | undefined {
    return this.getValue(name)?.data;
  }

  setString(name: string, text: string): void {
    this.setValue(name, registryData.string(text));
  }

  setExpandString(name: string, text: string): void {
    this.setValue(name, registryData.expandString(text));
  }

  setStrings(name: string, texts: readonly string[]): void {
    this.setValue(name, registryData.multiString(texts));
  }

  setDword(name: string, value: number): void {
    this.setValue(name, registryData.dword(value));
  }

  setQword(name: string, value: bigint): void {
    this.setValue(name, registryData.qword(value));
  }

  setBinary(name: string, data: Uint8Array): void {
    this.setValue(name, registryData.binary(data));
  }

  /** For the hive reader: takes over what the file holds, unchanged and without a new time. */
  adoptSubkeys(children: HiveKey[]): void {
    this.children = new Subkeys(children);
  }

  /** For the hive reader: takes over what the file holds, unchanged and without a new time. */
  adoptValues(values: HiveValue[]): void {
    this.valueList = values;
  }

  private addSubkey(name: string): HiveKey {
    if (name.length > LONGEST_KEY_NAME) {
      throw new RangeError(`A key name of ${name.length} characters is too long (${LONGEST_KEY_NAME})`);
    }
    const lastWritten = this.clock?.() ?? this.lastWritten;
    const { securityDescriptor } = this;
    const child = new HiveKey({ name, lastWritten, flags: 0, securityDescriptor }, this, this.clock);
    this.children ??= new Subkeys<HiveKey>([]);
    this.children.add(child);
    this.touch();
    return child;
  }

  private dropSubkey(child: HiveKey): void {
    this.children?.drop(child);
    this.touch();
  }

  private touch(): void {
    if (this.clock !== undefined) this.lastWritten = this.clock();
  }
}

function splitPath(path: string): string[] {
  return path.split('\\').filter((name) => name !== '');
}
