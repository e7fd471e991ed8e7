import type { HiveValue } from './key-fields';

/**
 * A value whose data lies in one piece of a hive file. The view of it is made when somebody asks: a large hive has a
 * hundred thousand values, and a typed array for each takes more memory than the hive itself.
 */
export class StoredValue implements HiveValue {
  constructor(
    readonly name: string,
    readonly type: number,
    private readonly file: Uint8Array,
    private readonly start: number,
    private readonly length: number,
  ) {}

  get data(): Uint8Array {
    return this.file.subarray(this.start, this.start + this.length);
  }
}
