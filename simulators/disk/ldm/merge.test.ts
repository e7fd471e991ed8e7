import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { countingGuids, createdDisks, everyLayout } from '../testing/ldm-disks';
import {
  fileDisk,
  haveLdmtool,
  haveSamples,
  ldmtool,
  type MemoryDisk,
  memoryDisk,
  scratchFolder,
  unpackSamples,
} from '../testing/ldm-samples';
import { assembleGroups, importAsIs, importMerge, markVolumes, openVolume, readMember } from './index';

const now = new Date('2026-11-21T00:00:00Z');
const local = createdDisks({
  groupName: 'RESCUE-Dg0',
  disks: [
    { sizeSectors: 16_384, signature: 0xa1 },
    { sizeSectors: 16_384, signature: 0xa2 },
  ],
  volumes: [{ name: 'Volume1', layout: 'mirror', sizeSectors: 4096, mountHint: 'D:' }],
  now: new Date('2024-01-01T00:00:00Z'),
  newGuid: countingGuids('aaaa'),
});
const foreign = createdDisks(everyLayout());

const copy = ({ disks }: { disks: MemoryDisk[] }) => disks.map(({ bytes }) => memoryDisk(bytes.slice()));
const membersOf = (disks: readonly MemoryDisk[]) => disks.map((disk) => readMember(disk)!);

describe('importMerge', () => {
  const folder = scratchFolder();
  afterAll(() => folder.remove());
  let ours: MemoryDisk[];
  let theirs: MemoryDisk[];
  beforeEach(() => {
    ours = copy(local);
    theirs = copy(foreign);
  });

  const merge = (left = ours, right = theirs) => {
    const patches = importMerge(left, right, now);
    const all = [...left, ...right];
    all.forEach((disk, index) => {
      disk.apply(patches[index]!);
    });
    return membersOf(all);
  };

  it('makes one group of both, with the name, GUID and objects of the local one kept', () => {
    const before = membersOf(ours)[0]!;
    const members = merge();
    const groups = assembleGroups(members);
    expect(groups.map(({ guid, name }) => [guid, name])).toEqual([[local.created.groupGuid, 'RESCUE-Dg0']]);
    for (const { privHead, privHeads, tocs, vmdb, records, problems, style } of members) {
      expect(problems).toEqual([]);
      expect([...privHeads, ...tocs].map(({ block }) => block.updateSequence)).toEqual(
        style === 'mbr' ? [2n, 2n, 2n, 2n, 2n] : [2n, 2n, 2n, 2n],
      );
      expect(privHead).toMatchObject({ groupGuid: local.created.groupGuid, groupName: 'RESCUE-Dg0' });
      expect(privHead.groupSignature).toBe(style === 'mbr' ? 0xa1 : 0);
      expect(vmdb).toMatchObject({ committedTransaction: 10n, pendingTransaction: 10n });
      expect(vmdb.counts).toEqual({ volumes: 6, components: 8, extents: 14, disks: 6 });
      expect(records.slice(0, before.records.length)).toEqual(before.records);
      expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
      expect(new Set(records.map(({ name }) => name)).size).toBe(records.length);
    }
    expect(groups[0]!.disks.map(({ name, member }) => [name, members.indexOf(member!)])).toEqual([
      ['Disk1', 0],
      ['Disk2', 1],
      ['Disk5', 2],
      ['Disk6', 3],
      ['Disk3', 4],
      ['Disk4', 5],
    ]);
  });

  it('leaves every volume where it was, under a name that is free', () => {
    const places = (volumes: ReturnType<typeof assembleGroups>[0]['volumes']) =>
      volumes.map(({ guid, layout, sizeSectors, mountHint, components }) => ({
        guid,
        layout,
        sizeSectors,
        mountHint,
        places: components.flatMap(({ extents }) => extents.map(({ absoluteSector }) => absoluteSector)),
      }));
    const before = [ours, theirs].flatMap((disks) => assembleGroups(membersOf(disks))[0]!.volumes);
    const after = assembleGroups(merge())[0]!.volumes;
    expect(places(after)).toEqual(places(before));
    expect(after.map(({ name }) => name)).toEqual([
      'Volume1',
      'Volume6',
      'Volume2',
      'Volume3',
      'Volume4',
      'Volume5',
    ]);
    expect(after[1]!.components[0]!.name).toBe('Volume6-01');
  });

  it('is finished by the next import where the power went in between', () => {
    const whole = importMerge(ours, theirs, now);
    [...ours, ...theirs].forEach((disk, index) => {
      if (index === 2 || index === 3) disk.apply(whole[index]!);
    });
    const joined = [...ours, theirs[0]!, theirs[1]!];
    expect(assembleGroups(membersOf(joined))).toHaveLength(1);
    const members = merge(joined, theirs.slice(2));
    const [group, ...others] = assembleGroups(members);
    expect(others).toEqual([]);
    expect(group!.disks.every(({ member }) => member !== undefined)).toBe(true);
    expect(group!.volumes).toHaveLength(6);
  });

  it('touches only metadata', () => {
    const all = [...ours, ...theirs];
    importMerge(ours, theirs, now).forEach((patches, index) => {
      const { privHead } = readMember(all[index]!)!;
      for (const { offsetBytes, bytes } of patches) {
        const sector = offsetBytes / 512;
        const inRegion =
          sector >= privHead.privateStart && sector + bytes.length / 512 <= privHead.privateStart + 2048;
        expect(sector === 6 || inRegion, `sector ${sector}`).toBe(true);
      }
    });
  });

  it('keeps absent disks as missing ones, dirty volumes dirty, and a half that was behind behind', () => {
    const dirty = assembleGroups(membersOf(theirs))[0]!.volumes.find(({ layout }) => layout === 'raid5')!;
    markVolumes(membersOf(theirs), new Set([dirty.guid])).forEach((patches, index) => {
      theirs[index]!.apply(patches);
    });
    ours[1]!.apply(importAsIs([ours[1]!], now)[0]!);
    const members = merge(ours, theirs.slice(0, 3));
    expect(members.map(({ vmdb }) => vmdb.committedTransaction)).toEqual([9n, 10n, 10n, 10n, 10n]);
    const group = assembleGroups(members)[0]!;
    expect(group.disks.map(({ member }) => member !== undefined)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(group.volumes.filter((volume) => volume.dirty).map(({ guid }) => guid)).toEqual([dirty.guid]);
  });

  it.skipIf(!haveLdmtool)('is one group for ldmtool too', () => {
    merge();
    const paths = [...ours, ...theirs].map(({ bytes }, index) => {
      const path = join(folder.path, `merged-${index}.raw`);
      writeFileSync(path, bytes);
      return path;
    });
    const guid = local.created.groupGuid;
    const [groups, shown, ...volumes] = ldmtool(paths, [
      `show diskgroup ${guid}`,
      ...[1, 2, 3, 4, 5, 6].map((number) => `show volume ${guid} Volume${number}`),
    ]);
    expect(groups).toEqual([guid]);
    expect(shown).toMatchObject({
      name: 'RESCUE-Dg0',
      disks: ['Disk1', 'Disk2', 'Disk5', 'Disk6', 'Disk3', 'Disk4'],
    });
    expect(volumes).toMatchObject([
      { type: 'mirrored', hint: 'D:', partitions: ['Disk1-01', 'Disk2-01'] },
      { type: 'striped', 'chunk-size': 128 },
      { type: 'mirrored' },
      { type: 'RAID5', hint: 'R:' },
      { type: 'spanned' },
      { type: 'simple', hint: 'E:' },
    ]);
  });

  it.skipIf(!haveSamples)(
    'takes in the nine disks of a real Windows Server 2008 R2, with their volumes as they were',
    () => {
      const samples = unpackSamples(folder.path).map(fileDisk);
      const before = membersOf(samples);
      const content = (members: typeof before) =>
        assembleGroups(members)
          .flatMap(({ volumes }) => volumes)
          .filter(({ layout }) => layout === 'raid5' || layout === 'spanned')
          .map((volume) => {
            const diskOf = (member: (typeof members)[number]) => samples[members.indexOf(member)];
            return openVolume(volume, diskOf).read(0, 1 << 20);
          });
      const old = content(before);
      const merged = merge(ours, samples);
      expect(merged.flatMap(({ problems }) => problems)).toEqual([]);
      expect(assembleGroups(merged)[0]!.disks).toHaveLength(11);
      expect(content(merged.slice(2))).toEqual(old);
      if (!haveLdmtool) return;
      const paths = [...ours, ...samples].map(({ bytes }, index) => {
        const path = join(folder.path, `with-samples-${index}.raw`);
        writeFileSync(path, bytes);
        return path;
      });
      const guid = local.created.groupGuid;
      expect(ldmtool(paths, [`show volume ${guid} Volume4`])).toMatchObject([
        [guid],
        { type: 'RAID5', size: 65_536, hint: 'H:' },
      ]);
    },
  );

  it('refuses a database that is full, or that has records it cannot write', () => {
    const { vmdbSector, records, recordOffsets } = readMember(ours[0]!)!;
    for (const disk of ours) new DataView(disk.bytes.buffer).setUint32(vmdbSector * 512 + 4, 30);
    expect(() => importMerge(ours, theirs, now)).toThrow(
      expect.objectContaining({
        offset: vmdbSector * 512,
        message: expect.stringMatching(
          /^The records of the group need \d+ VBLK slots, and the database of this disk has 26\./,
        ),
      }),
    );
    ours = copy(local);
    const group = recordOffsets[records.findIndex(({ kind }) => kind === 'disk group')]!;
    for (const disk of ours) disk.bytes[group + 3] = 0x45;
    expect(() => importMerge(ours, theirs, now)).toThrow(
      'The disk group record RESCUE-Dg0 has revision 4, which cannot be written. The database stays as it is.',
    );
  });

  it('refuses a group with itself and a copy of one of its disks', () => {
    expect(() => importMerge([ours[0]!], [ours[1]!], now)).toThrow('There is nothing to merge.');
    const guids = countingGuids('aaaa');
    guids();
    const renamed = createdDisks({
      ...everyLayout(
        'COPY-Dg0',
        (() => {
          let first = true;
          return () => {
            if (!first) return guids();
            first = false;
            return 'ffff0000-fbfd-11e1-8cf9-52540061f5db';
          };
        })(),
      ),
      volumes: [],
    });
    expect(() => importMerge(ours, renamed.disks, now)).toThrow(
      'Disk Disk1 of the foreign group has the GUID aaaa0002-fbfd-11e1-8cf9-52540061f5db, which the primary group lists already: it is a copy of that disk.',
    );
  });
});
