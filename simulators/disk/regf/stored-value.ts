import type { HiveValue } from './key-fields';

/**
 * A value whose data lies in one piece of a hive file. The view of it is made when somebody asks: a large hive has a
 * hundred thousand values, and a typed array for each takes more memory than the hive itself.
 */
export class StoredValue implements HiveValue {
  constructor(
    readonly name: string,
    readonly type: number,
    /** What the data lies in: the hive file, as a rule. */
    readonly row: Uint8Array,
    readonly start: number,
    readonly length: number,
  ) {}

  get data(): Uint8Array {
    return this.row.subarray(this.start, this.start + this.length);
  }
}
