import type { LdmMember } from '../member';
import type { ComponentRecord, DiskRecord, ExtentRecord, LdmRecord, VolumeRecord } from '../records';
import { GroupChangeError } from './group-change-error';

/** A record as a change makes it: its id and transaction are given when it is added. */
export type NewRecord<Kind extends LdmRecord['kind']> = Omit<
  Extract<LdmRecord, { kind: Kind }>,
  'id' | 'transaction' | 'status' | 'kind'
>;

/**
 * The records of a disk group while they are changed. Object ids go on from the highest one; an object that changes or is
 * new carries the transaction of the change. Sectors are 512 bytes.
 */
export class GroupDraft {
  readonly #records: LdmRecord[];
  readonly #members: ReadonlyMap<string, LdmMember>;
  readonly #unequal = new Set<string>();
  readonly #outOfDate = new Set<string>();

  /**
   * @param records of the newest database
   * @param members the disks that are there
   * @param transaction number of the change
   * @param current names of the components whose data count: all that are not to be copied from another one
   */
  constructor(
    records: readonly LdmRecord[],
    members: readonly LdmMember[],
    private readonly transaction: bigint,
    readonly newGuid: () => string,
    private readonly current: ReadonlySet<string>,
  ) {
    this.#records = [...records];
    this.#members = new Map(members.map((member) => [member.privHead.diskGuid.toLowerCase(), member]));
  }

  get records(): readonly LdmRecord[] {
    return this.#records;
  }

  /** GUIDs of volumes whose copies, or whose parity, must be made equal. */
  get unequal(): ReadonlySet<string> {
    return this.#unequal;
  }

  /** GUIDs of disks that hold a column which must be worked out anew. */
  get outOfDate(): ReadonlySet<string> {
    return this.#outOfDate;
  }

  /** The log will say that the volume's copies, or its parity, may differ. */
  markUnequal({ guid }: Pick<VolumeRecord, 'guid'>): void {
    this.#unequal.add(guid);
  }

  /** The disk stays behind the others until its part of RAID-5 volumes has been worked out anew. */
  markOutOfDate({ guid }: DiskRecord): void {
    this.#outOfDate.add(guid.toLowerCase());
  }

  /** @param guid in any case. @throws GroupChangeError */
  volume(guid: string): VolumeRecord {
    const found = this.#all('volume').find((volume) => volume.guid.toLowerCase() === guid.toLowerCase());
    if (found) return found;
    throw new GroupChangeError('no-such-volume', `The disk group has no volume with the GUID ${guid}.`);
  }

  /** @param guid in any case. @throws GroupChangeError */
  disk(guid: string): DiskRecord {
    const found = this.#all('disk').find((disk) => disk.guid.toLowerCase() === guid.toLowerCase());
    if (found) return found;
    throw new GroupChangeError('no-such-disk', `The disk group has no disk with the GUID ${guid}.`);
  }

  /** The disk as it was read; undefined where it is missing. */
  memberOf({ guid }: DiskRecord): LdmMember | undefined {
    return this.#members.get(guid.toLowerCase());
  }

  /** @throws GroupChangeError where the disk is missing. */
  presentMember(disk: DiskRecord): LdmMember {
    const member = this.memberOf(disk);
    if (member) return member;
    throw new GroupChangeError('missing-disk', `${disk.name} is missing.`);
  }

  get volumes(): readonly VolumeRecord[] {
    return this.#all('volume');
  }

  /** In the order of their object ids: the older half of a mirror comes first. */
  componentsOf({ id }: VolumeRecord): ComponentRecord[] {
    return this.#all('component')
      .filter(({ volumeId }) => volumeId === id)
      .sort((a, b) => a.id - b.id);
  }

  /** In the order of column and offset. */
  extentsOf({ id }: ComponentRecord): ExtentRecord[] {
    return this.#all('extent')
      .filter(({ componentId }) => componentId === id)
      .sort((a, b) => (a.column ?? 0) - (b.column ?? 0) || a.columnOffset - b.columnOffset);
  }

  extentsOn({ id }: DiskRecord): ExtentRecord[] {
    return this.#all('extent').filter(({ diskId }) => diskId === id);
  }

  diskOf({ diskId }: ExtentRecord): DiskRecord {
    const found = this.#all('disk').find(({ id }) => id === diskId);
    if (found) return found;
    throw new GroupChangeError('no-such-disk', `The disk group has no disk object ${diskId}.`);
  }

  /** The disks that a component lies on, each once. */
  disksOf(component: ComponentRecord): DiskRecord[] {
    return [...new Set(this.extentsOf(component).map((extent) => this.diskOf(extent)))];
  }

  /** True where every disk of the component is there. */
  isComplete(component: ComponentRecord): boolean {
    return this.disksOf(component).every((disk) => this.memberOf(disk) !== undefined);
  }

  /** False where the component is to be made equal to another one first. */
  counts({ name }: ComponentRecord): boolean {
    return this.current.has(name);
  }

  add<Kind extends LdmRecord['kind']>(
    kind: Kind,
    record: NewRecord<Kind>,
  ): Extract<LdmRecord, { kind: Kind }> {
    const id = this.#records.reduce((last, one) => Math.max(last, one.id), 0) + 1;
    const added = { ...record, kind, id, status: 0, transaction: this.transaction } as unknown as Extract<
      LdmRecord,
      { kind: Kind }
    >;
    this.#records.push(added);
    return added;
  }

  /** Puts a changed record in the place of the one with the same id. */
  replace<Changed extends LdmRecord>(record: Changed): Changed {
    const changed = { ...record, transaction: this.transaction };
    this.#records[this.#records.findIndex(({ id }) => id === record.id)] = changed;
    return changed;
  }

  remove({ id }: LdmRecord): void {
    this.#records.splice(
      this.#records.findIndex((record) => record.id === id),
      1,
    );
  }

  /** The first of `Volume1`, `Volume2`, ... or `Disk1-01`, `Disk1-02`, ... that no object has. */
  freeName(stem: string, digits = 1): string {
    const taken = new Set(this.#records.map(({ name }) => name));
    for (let number = 1; ; number += 1) {
      const name = `${stem}${String(number).padStart(digits, '0')}`;
      if (!taken.has(name)) return name;
    }
  }

  #all<Kind extends LdmRecord['kind']>(kind: Kind): Extract<LdmRecord, { kind: Kind }>[] {
    return this.#records.filter(
      (record): record is Extract<LdmRecord, { kind: Kind }> => record.kind === kind,
    );
  }
}
