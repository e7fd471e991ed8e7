import { HiveFormatError } from './hive-format-error';

/** A key as far as its path is known. */
export interface KeyPlace {
  readonly name: string;
  readonly parent: KeyPlace | undefined;
}

/** Where damage belongs to no key: the path is that of the root. */
export const ROOT: KeyPlace = { name: '', parent: undefined };

/** A part of a hive that could not be read and was left out. */
export interface HiveDamage {
  /** Backslash path below the root of the key that the part belongs to; empty for the root. */
  readonly path: string;
  readonly part:
    | 'base block'
    | 'bin'
    | 'subkey list'
    | 'subkey'
    | 'value list'
    | 'value'
    | 'class name'
    | 'security descriptor';
  /** Byte offset in the file. */
  readonly offset: number;
  /** What is wrong there, without a capital and a full stop. */
  readonly reason: string;
}

/** Tells of unreadable parts, or lets their errors end the reading where nobody listens. */
export class Damages {
  private last: { key: KeyPlace; path: string } | undefined;

  constructor(private readonly listener: ((damage: HiveDamage) => void) | undefined) {}

  get tolerated(): boolean {
    return this.listener !== undefined;
  }

  /** What `read` gives; undefined, with the damage told, where it refuses. */
  tolerate<T>(key: KeyPlace, part: HiveDamage['part'], read: () => T): T | undefined {
    if (this.listener === undefined) return read();
    try {
      return read();
    } catch (error) {
      if (!(error instanceof HiveFormatError)) throw error;
      if (this.last?.key !== key) this.last = { key, path: pathOf(key) };
      this.listener({ path: this.last.path, part, offset: error.offset, reason: error.reason });
      return undefined;
    }
  }
}

/** Ends the reading at the first damage. */
export const STRICT = new Damages(undefined);

function pathOf(key: KeyPlace): string {
  const names: string[] = [];
  for (let place = key; place.parent !== undefined; place = place.parent) names.unshift(place.name);
  return names.join('\\');
}
