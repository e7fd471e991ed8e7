import { beforeEach, describe, expect, it } from 'vitest';
import { assembleGroups, type DiskGroupRequest, readMember } from '../../disk/ldm';
import { buildMbr } from '../../disk/mbr';
import { countingGuids, createdDisks } from '../../disk/testing/ldm-disks';
import { type MemoryDisk, memoryDisk } from '../../disk/testing/ldm-samples';
import { DiskSet } from './disk-set';
import { EMPTY_RECORD } from './host-memory';
import type { VolumePlan } from './volume-plan';

const SECTORS = 16_384;

function group(name: string, prefix: string, volumes: DiskGroupRequest['volumes'], disks = 2): MemoryDisk[] {
  const signature = Number.parseInt(prefix, 16) * 16;
  return createdDisks({
    groupName: name,
    disks: Array.from({ length: disks }, (_, index) => ({
      sizeSectors: SECTORS,
      signature: signature + index,
    })),
    volumes,
    now: new Date('2012-09-11T12:00:00Z'),
    newGuid: countingGuids(prefix),
  }).disks;
}

const mirror = (name = 'Volume1') => ({ name, layout: 'mirror', sizeSectors: 4096 }) as const;

describe('the disk groups of a machine', () => {
  let system: MemoryDisk;
  let disks: MemoryDisk[];
  beforeEach(() => {
    system = memoryDisk(new Uint8Array(SECTORS * 512));
    system.bytes.set(
      buildMbr({
        signature: 1,
        partitions: [{ number: 1, active: true, type: 7, startSector: 2048, sizeSectors: 4096 }],
      }),
    );
  });

  /** A machine that starts with the given disks, and what it then serves. */
  const boot = (
    present: readonly MemoryDisk[] = disks,
    primaryDiskGroup?: string,
    ownsAllGroups?: boolean,
    all = [system, ...present],
  ) => {
    const set = new DiskSet(
      {
        version: '10.0.20348',
        systemVolume: { offsetBytes: 2048 * 512, mountPoint: '/win/C' },
        devices: all.map((_, index) => ({ path: `/dev/disk${index}` })),
        sanPolicy: 'OnlineAll',
        primaryDiskGroup,
        ownsAllGroups,
        now: () => new Date('2026-11-21T00:00:00Z'),
      },
      {
        open: (path) => {
          const disk = all[Number(path.slice(9))]!;
          return { sizeBytes: disk.sizeBytes, read: disk.read, write: disk.apply };
        },
        partitionNode: () => undefined,
      },
    );
    set.decideAtStart(EMPTY_RECORD);
    const settle = (): VolumePlan[] => {
      const plans = set.plan('/dev/mapper').filter(({ type }) => type !== 'Partition');
      set.markInUse(plans);
      set.markAtRest(plans);
      return plans;
    };
    return { set, settle, served: settle() };
  };
  const tables = (plans: readonly VolumePlan[]) =>
    plans.map(({ source, status }) => [
      status,
      source.kind === 'mapped' ? source.devices.at(-1)?.table[0] : undefined,
    ]);
  const guidOf = ({ location }: VolumePlan) => (location.style === 'dynamic' ? location.volumeGuid : '');
  const transactions = () => disks.map((disk) => readMember(disk)!.vmdb.committedTransaction);
  const dirty = () => disks.map((disk) => assembleGroups([readMember(disk)!])[0]!.volumes[0]!.dirty);

  describe('a foreign group', () => {
    beforeEach(() => {
      disks = [...group('LOCAL-Dg0', 'aaaa', [mirror()]), ...group('CUSTOMER-Dg0', 'bbbb', [mirror()])];
    });

    it('is that of the first disk too where the machine owns none', () => {
      const statuses = (owns?: boolean) =>
        boot([], undefined, owns, disks.slice(2))
          .set.views()
          .map(({ status }) => status);
      expect(statuses(false)).toEqual(['Foreign', 'Foreign']);
      expect(statuses()).toEqual(['Online', 'Online']);
    });

    it('merges into the own one, whose name and GUID stay', () => {
      const { set, settle, served } = boot(disks, 'LOCAL-Dg0');
      expect(served).toHaveLength(1);
      expect(set.views().map(({ status }) => status)).toEqual([
        'Online',
        'Online',
        'Online',
        'Foreign',
        'Foreign',
      ]);
      const local = readMember(disks[0]!)!.privHead.groupGuid;
      set.importForeign(4);
      expect(set.views().every(({ status }) => status === 'Online')).toBe(true);
      expect(tables(settle())).toEqual([
        ['Healthy', '0 4096 mirror core 2 1024 nosync 2 /dev/disk1 2048 /dev/disk2 2048'],
        ['Healthy', '0 4096 mirror core 2 1024 nosync 2 /dev/disk3 2048 /dev/disk4 2048'],
      ]);
      for (const disk of disks) {
        const { privHead, problems } = readMember(disk)!;
        expect(privHead).toMatchObject({ groupName: 'LOCAL-Dg0', groupGuid: local });
        expect(problems).toEqual([]);
      }
      const names = assembleGroups(disks.map((disk) => readMember(disk)!)).flatMap(({ volumes }) => volumes);
      expect(names.map(({ name }) => name)).toEqual(['Volume1', 'Volume2']);
    });

    it('is adopted as it is where the machine has none, and the next one merges into it', () => {
      const { set, settle } = boot();
      set.importForeign(3);
      expect(readMember(disks[2]!)!.privHead.groupName).toBe('CUSTOMER-Dg0');
      set.importForeign(1);
      expect(disks.map((disk) => readMember(disk)!.privHead.groupName)).toEqual(
        Array.from({ length: 4 }, () => 'CUSTOMER-Dg0'),
      );
      expect(settle()).toHaveLength(2);
    });

    it('changes nothing while a disk of the own group is read-only', () => {
      const { set } = boot(disks, 'LOCAL-Dg0');
      set.setReadOnly(1, true);
      const before = disks.map(({ bytes }) => Buffer.from(bytes));
      expect(() => set.importForeign(3)).toThrow('Disk 1 is read-only, so nothing was changed.');
      disks.forEach(({ bytes }, index) => {
        expect(Buffer.compare(bytes, before[index]!)).toBe(0);
      });
    });
  });

  describe('a mirror of an own group', () => {
    beforeEach(() => {
      disks = group('LOCAL-Dg0', 'aaaa', [mirror()]);
    });
    const start = (present = disks) => boot(present, 'LOCAL-Dg0');
    const synchronous = ['Healthy', '0 4096 mirror core 2 1024 nosync 2 /dev/disk1 2048 /dev/disk2 2048'];
    const copying = ['Rebuild', '0 4096 mirror core 1 1024 2 /dev/disk1 2048 /dev/disk2 2048'];

    it('is in step after an orderly stop', () => {
      const first = start();
      expect(tables(first.served)).toEqual([synchronous]);
      expect(dirty()).toEqual([true, true]);
      first.set.markAtRest([]);
      expect(dirty()).toEqual([false, false]);
      expect(tables(start().served)).toEqual([synchronous]);
    });

    it('is copied after a hard stop, until the copy is done', () => {
      start();
      const second = start();
      expect(tables(second.served)).toEqual([copying]);
      second.set.markAtRest([]);
      expect(dirty()).toEqual([true, true]);
      const third = start();
      expect(tables(third.served)).toEqual([copying]);
      third.set.finishResync(guidOf(third.served[0]!));
      expect(tables(third.settle())).toEqual([copying]);
      third.set.markAtRest([]);
      expect(dirty()).toEqual([false, false]);
      expect(tables(start().served)).toEqual([synchronous]);
    });

    it('is copied from the half that it went on with while the other was away at a start', () => {
      start().set.markAtRest([]);
      const alone = start(disks.slice(1));
      expect(alone.served[0]).toMatchObject({ status: 'Failed Rd' });
      alone.settle();
      alone.set.markAtRest([]);
      expect(transactions()).toEqual([3n, 4n]);
      const both = start();
      expect(tables(both.served)).toEqual([
        ['Rebuild', '0 4096 mirror core 1 1024 2 /dev/disk2 2048 /dev/disk1 2048'],
      ]);
      both.set.markAtRest([]);
      expect(transactions()[0]! < transactions()[1]!).toBe(true);
      const again = start();
      again.set.finishResync(guidOf(again.served[0]!));
      expect(new Set(transactions()).size).toBe(1);
      again.set.markAtRest([]);
      expect(tables(start().served)).toEqual([synchronous]);
    });

    it('leaves no mark on disks that are taken offline one after the other', () => {
      const { set, settle } = start();
      set.offline(2);
      settle();
      set.offline(1);
      settle();
      expect(dirty()).toEqual([false, false]);
    });

    it('goes on without a disk whose database contradicts itself', () => {
      const { records, recordOffsets } = readMember(disks[0]!)!;
      const extent = recordOffsets[records.findIndex(({ kind }) => kind === 'extent')]!;
      disks[0]!.bytes[extent + 9] = 1;
      const { set, served } = start();
      expect(set.views().map(({ status }) => status)).toEqual(['Online', 'Errors', 'Online']);
      expect(tables(served)).toEqual([['Failed Rd', '0 4096 linear /dev/disk2 2048']]);
    });

    it('is not marked while it is read-only', () => {
      const before = disks.map(({ bytes }) => Buffer.from(bytes));
      const { set } = boot();
      for (const disk of [1, 2]) set.setReadOnly(disk, true);
      disks.forEach(({ bytes }, index) => {
        expect(Buffer.compare(bytes, before[index]!)).toBe(0);
      });
    });
  });

  describe('a mirror and a RAID-5 volume of one group', () => {
    const raid5 = { name: 'Volume2', layout: 'raid5', sizeSectors: 4096, disks: [2, 3, 4] } as const;
    const start = async (present = disks) => {
      const machine = boot(present, 'LOCAL-Dg0');
      await machine.set.workOutColumns();
      return { ...machine, serve: () => machine.settle().map(({ type, status }) => [type, status]) };
    };
    beforeEach(async () => {
      disks = group('LOCAL-Dg0', 'aaaa', [{ ...mirror(), disks: [0, 1] }, raid5], 5);
      const alone = await start(disks.filter((_, disk) => disk !== 1 && disk !== 3));
      alone.set.markAtRest([]);
    });

    it('the column is worked out once, while the half of the mirror is still being copied', async () => {
      const { set, serve, settle } = await start();
      expect(serve()).toEqual([
        ['Mirror', 'Rebuild'],
        ['RAID-5', 'Healthy'],
      ]);
      expect(set.unequalColumns()).toEqual(new Set());
      set.finishResync(guidOf(settle()[0]!));
      expect(new Set(transactions()).size).toBe(1);
      set.markAtRest([]);
      const again = await start();
      expect(again.serve()).toEqual([
        ['Mirror', 'Healthy'],
        ['RAID-5', 'Healthy'],
      ]);
    });

    it('the column is worked out anew when its disk goes once more before that', async () => {
      const { set, settle } = await start();
      const [, volume] = settle();
      set.offline(4);
      settle();
      set.online(4);
      expect(set.unequalColumns()).toEqual(new Set([guidOf(volume!)]));
    });
  });
});
