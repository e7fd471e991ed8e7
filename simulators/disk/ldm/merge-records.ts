import { DiskFormatError } from '../bytes';
import type { LdmRecord } from './records';

/**
 * The records of two databases as one: those of `local` as they are, then those of `foreign` without their disk group
 * record, with object ids and volume numbers that follow the local ones. A foreign disk or volume whose name is taken
 * gets the next free number, and its extents or components with it (our choice: names are unique in a database).
 */
export function mergeRecords(local: readonly LdmRecord[], foreign: readonly LdmRecord[]): LdmRecord[] {
  const lastId = highest(local.map(({ id }) => id));
  const ids = new Map(foreign.map(({ id }, index) => [id, lastId + 1 + index]));
  const names = new Names(local, foreign);
  const newNames = new Map<number, string>();
  for (const record of foreign) {
    if (record.kind === 'disk' || record.kind === 'volume') newNames.set(record.id, names.join(record.name));
  }
  const owners = new Map(foreign.map((record) => [record.id, record]));
  const lastVolume = highest(local.map((record) => (record.kind === 'volume' ? record.volumeNumber : 0)));
  let volumes = 0;
  const moved: LdmRecord[] = [];
  for (const record of foreign) {
    const id = ids.get(record.id)!;
    switch (record.kind) {
      case 'disk group':
        break;
      case 'disk':
        moved.push({ ...record, id, name: newNames.get(record.id)! });
        break;
      case 'volume':
        volumes += 1;
        moved.push({ ...record, id, name: newNames.get(record.id)!, volumeNumber: lastVolume + volumes });
        break;
      case 'component': {
        const name = followed(record.name, record.volumeId, owners, newNames, names);
        moved.push({ ...record, id, name, volumeId: newIdOf(record, record.volumeId, ids) });
        break;
      }
      case 'extent': {
        const name = followed(record.name, record.diskId, owners, newNames, names);
        const componentId = newIdOf(record, record.componentId, ids);
        moved.push({ ...record, id, name, componentId, diskId: newIdOf(record, record.diskId, ids) });
      }
    }
  }
  return [...local, ...moved];
}

/** A database that was read without its disk's bytes at hand: the offset of the record is not known here. */
function newIdOf(record: LdmRecord, owner: number, ids: ReadonlyMap<number, number>): number {
  const id = ids.get(owner);
  if (id !== undefined) return id;
  throw new DiskFormatError(
    0,
    `${record.name} belongs to the unknown object ${owner}`,
    `${record.kind} ${record.name} belongs to the object ${owner}, which the database does not list. It is damaged.`,
  );
}

/** The name of a component or extent: where `Volume1` is now `Volume3`, `Volume1-01` is `Volume3-01`. */
function followed(
  name: string,
  ownerId: number,
  owners: ReadonlyMap<number, LdmRecord>,
  newNames: ReadonlyMap<number, string>,
  names: Names,
): string {
  const owner = owners.get(ownerId);
  const newName = newNames.get(ownerId);
  if (!owner || newName === owner.name || !name.startsWith(`${owner.name}-`)) return names.join(name);
  return names.take(`${newName}${name.slice(owner.name.length)}`);
}

/** Names of the objects of a database that others join. */
class Names {
  readonly #local: ReadonlySet<string>;
  readonly #taken: Set<string>;

  constructor(local: readonly LdmRecord[], foreign: readonly LdmRecord[]) {
    this.#local = new Set(local.map(({ name }) => name));
    this.#taken = new Set([...this.#local, ...foreign.map(({ name }) => name)]);
  }

  /** The name of a foreign object, which stays where no local one has it; else the same with the next free number. */
  join(name: string): string {
    return this.#local.has(name) ? this.take(name) : name;
  }

  /** The name where it is free, or the same with the next free number at its end. */
  take(name: string): string {
    const [, stem = name, digits = '0'] = /^(.*?)(\d{1,9})?$/.exec(name) ?? [];
    let free = name;
    for (let number = Number(digits) + 1; this.#taken.has(free); number += 1)
      free = `${stem}${String(number).padStart(digits.length, '0')}`;
    this.#taken.add(free);
    return free;
  }
}

function highest(values: readonly number[]): number {
  return values.reduce((best, value) => Math.max(best, value), 0);
}
