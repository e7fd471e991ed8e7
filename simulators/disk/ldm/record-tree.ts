import { DiskFormatError } from '../bytes';
import { COMPONENT_LAYOUTS } from './layout';
import type { LdmMember } from './member';
import type { ComponentRecord, DiskRecord, ExtentRecord, LdmRecord, VolumeRecord } from './records';

/** The records of one database, found by what they belong to. Refuses two objects with one id. */
export class RecordTree {
  readonly disks: readonly DiskRecord[];
  /** In the order of the database. */
  readonly volumes: readonly VolumeRecord[];
  /** Mirrored and RAID-5 volumes, in the order of their object ids. */
  readonly redundantVolumes: readonly VolumeRecord[];
  readonly #components: ReadonlyMap<number, readonly ComponentRecord[]>;
  readonly #extents: ReadonlyMap<number, readonly ExtentRecord[]>;

  constructor(private readonly member: LdmMember) {
    const { records } = member;
    const ids = new Set<number>();
    for (const record of records) {
      if (ids.has(record.id)) {
        throw this.refusal(
          record,
          `a second object with the id ${record.id}`,
          `Two objects of the LDM database have the id ${record.id}. It is damaged.`,
        );
      }
      ids.add(record.id);
    }
    this.disks = ofKind(records, 'disk');
    this.volumes = ofKind(records, 'volume');
    this.#components = grouped(
      ofKind(records, 'component').sort((a, b) => a.id - b.id),
      ({ volumeId }) => volumeId,
    );
    this.#extents = grouped(ofKind(records, 'extent'), ({ componentId }) => componentId);
    this.redundantVolumes = this.volumes
      .filter((volume) => {
        const components = this.componentsOf(volume);
        return components.length > 1 || components[0]?.layout === COMPONENT_LAYOUTS.raid5;
      })
      .sort((a, b) => a.id - b.id);
  }

  /** In the order of their object ids: where copies differ and none is behind, the oldest counts. */
  componentsOf(volume: VolumeRecord): readonly ComponentRecord[] {
    return this.#components.get(volume.id) ?? [];
  }

  extentsOf(component: ComponentRecord): readonly ExtentRecord[] {
    return this.#extents.get(component.id) ?? [];
  }

  /** Offset of the record on the disk that the database was read from. */
  refusal(record: LdmRecord, reason: string, message: string): DiskFormatError {
    const { records, recordOffsets } = this.member;
    return new DiskFormatError(recordOffsets[records.indexOf(record)] ?? 0, reason, message);
  }

  requireCount(what: string, owner: LdmRecord, said: number, seen: number): void {
    if (said === seen) return;
    throw this.refusal(
      owner,
      `${said} ${what}, but ${seen} are listed`,
      `${owner.name} says it has ${said} ${what}, and the database lists ${seen}. It is damaged.`,
    );
  }
}

function ofKind<Kind extends LdmRecord['kind']>(
  records: readonly LdmRecord[],
  kind: Kind,
): Extract<LdmRecord, { kind: Kind }>[] {
  return records.filter((record): record is Extract<LdmRecord, { kind: Kind }> => record.kind === kind);
}

function grouped<Item>(items: readonly Item[], ownerOf: (item: Item) => number): Map<number, Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const owner = ownerOf(item);
    const group = groups.get(owner);
    if (group) group.push(item);
    else groups.set(owner, [item]);
  }
  return groups;
}
