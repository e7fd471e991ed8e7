import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECTOR_BYTES } from '../mbr';
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
import { buildRecord } from './build-record';
import { assembleGroups, type DiskGroup, importAsIs, type LdmMember, readMember } from './index';
import { buildLogPage } from './klog';
import { LOG } from './layout';
import { parseRecord } from './parse-record';
import { buildPrivHead, parsePrivHead } from './privhead';
import { buildTocBlock, parseTocBlock } from './tocblock';
import { joinFragments, layRecords } from './vblk';
import { buildVmdb, parseVmdb } from './vmdb';
import { buildLog, volumeLogPages } from './volume-log';

const GROUP = '06495a84-fbfd-11e1-8cf9-52540061f5db';

describe.skipIf(!haveSamples)('disk group made by a real Windows Server 2008 R2', () => {
  const folder = scratchFolder();
  let paths: string[];
  let disks: MemoryDisk[];
  let members: LdmMember[];
  let group: DiskGroup;

  beforeAll(() => {
    paths = unpackSamples(folder.path);
    disks = paths.map(fileDisk);
    members = disks.map((disk) => readMember(disk)!);
    group = assembleGroups(members)[0]!;
  });
  afterAll(() => folder.remove());

  const block = (disk: number, sector: number, count = 1) =>
    disks[disk]!.bytes.slice(sector * SECTOR_BYTES, (sector + count) * SECTOR_BYTES);

  it('reads nine undamaged members of one group', () => {
    expect(members).toHaveLength(9);
    expect(members.flatMap(({ problems }) => problems)).toEqual([]);
    expect(members.map(({ style }) => style).filter((style) => style === 'mbr')).toHaveLength(4);
    expect(assembleGroups(members)).toHaveLength(1);
    expect(group.disks.every(({ member }) => member !== undefined)).toBe(true);
  });

  it('finds every PRIVHEAD copy: three on MBR disks, two on GPT disks', () => {
    for (const { style, privHeads, privHead } of members) {
      const backups = [privHead.privateStart + 1856, privHead.privateStart + 2047];
      expect(privHeads.map(({ sector }) => sector)).toEqual(style === 'mbr' ? [6, ...backups] : backups);
    }
  });

  it('builds each block and record again, byte for byte', () => {
    let records = 0;
    members.forEach(({ privHeads, tocs, vmdbSector, vmdb, privHead, log }, disk) => {
      for (const { sector } of privHeads)
        expect(buildPrivHead(parsePrivHead(block(disk, sector)))).toEqual(block(disk, sector));
      for (const { sector } of tocs)
        expect(buildTocBlock(parseTocBlock(block(disk, sector)))).toEqual(block(disk, sector));
      expect(buildVmdb(parseVmdb(block(disk, vmdbSector)))).toEqual(block(disk, vmdbSector));
      const area = block(disk, vmdbSector + 1, 1480);
      for (const raw of joinFragments(area, vmdb.vblkBytes)) {
        const built = buildRecord(parseRecord(raw));
        expect(raw.bytes.slice(0, built.length)).toEqual(built);
        expect(raw.bytes.slice(built.length).every((byte) => byte === 0)).toBe(true);
        records += 1;
      }
      const logBytes = block(disk, privHead.privateStart + LOG.start, 2);
      expect(buildLog(volumeLogPages(0x27n, [false, false]))).toEqual(logBytes);
      log.forEach((page, index) => {
        expect(buildLogPage(page)).toEqual(logBytes.slice(index * 512, (index + 1) * 512));
      });
      expect(log).toHaveLength(2);
    });
    expect(records).toBe(9 * 33);
  });

  it('numbers free slots as Windows does', () => {
    const area = block(0, members[0]!.vmdbSector + 1, 1480);
    const built = layRecords([], 4, members[0]!.vmdb.slots);
    expect(built.slice(-128 * 1000)).toEqual(area.slice(-128 * 1000));
  });

  it('finds an NTFS boot sector at the absolute start of the first extent of every volume', () => {
    for (const volume of group.volumes) {
      const extent = volume.components[0]!.extents[0]!;
      const disk = members.indexOf(extent.disk.member!);
      const text = String.fromCharCode(...block(disk, extent.absoluteSector!).slice(3, 7));
      expect(`${volume.name} ${text}`).toBe(`${volume.name} NTFS`);
    }
  });

  it('knows which member lies where when only some disks are read', () => {
    const partial = assembleGroups([members[0]!])[0]!;
    const mirror = partial.volumes.find(({ layout }) => layout === 'mirrored')!;
    expect(mirror.components.map(({ extents }) => extents[0]!.absoluteSector)).toEqual([128, undefined]);
  });

  it.skipIf(!haveLdmtool)('is the same group for ldmtool after our import of all nine disks', () => {
    const copies = disks.map(({ bytes }) => memoryDisk(bytes.slice()));
    const patches = importAsIs(copies, new Date('2026-11-21T00:00:00Z'));
    const imported = copies.map((copy, index) => {
      copy.apply(patches[index]!);
      const path = join(folder.path, `imported-${index}.img`);
      writeFileSync(path, copy.bytes);
      return path;
    });
    const commands = [
      `show diskgroup ${GROUP}`,
      ...group.volumes.map(({ name }) => `show volume ${GROUP} ${name}`),
    ];
    expect(ldmtool(imported, commands)).toEqual(ldmtool(paths, commands));
    const after = copies.map((copy) => readMember(copy)!);
    expect(after.map(({ vmdb }) => vmdb.committedTransaction)).toEqual(members.map(() => 0x28n));
    expect(after.map(({ records }) => records)).toEqual(members.map(({ records }) => records));
  });

  it.skipIf(!haveLdmtool)('agrees with ldmtool on the group, its volumes, disks and extents', () => {
    const names = {
      volumes: group.volumes.map(({ name }) => name),
      disks: group.disks.map(({ name }) => name),
    };
    const extents = group.volumes.flatMap(({ components }) =>
      components.flatMap((component) => component.extents),
    );
    const [groups, shown, ...rest] = ldmtool(paths, [
      `show diskgroup ${GROUP}`,
      ...names.volumes.map((name) => `show volume ${GROUP} ${name}`),
      ...names.disks.map((name) => `show disk ${GROUP} ${name}`),
      ...extents.map(({ name }) => `show partition ${GROUP} ${name}`),
    ]);
    expect(groups).toEqual([group.guid]);
    expect(shown).toEqual({ name: group.name, guid: group.guid, ...names });
    expect(rest).toEqual([
      ...group.volumes.map((volume) => ({
        name: volume.name,
        guid: volume.guid,
        type: volume.layout === 'raid5' ? 'RAID5' : volume.layout,
        size: volume.sizeSectors,
        'chunk-size': volume.components[0]!.stripeSectors ?? 0,
        hint: volume.mountHint,
        partitions: volume.components.flatMap((component) => component.extents.map(({ name }) => name)),
      })),
      ...group.disks.map(({ name, guid, member }) => ({
        name,
        guid,
        present: true,
        device: paths[members.indexOf(member!)],
        'data-start': member!.privHead.publicStart,
        'data-size': member!.privHead.publicSize,
        'metadata-start': member!.privHead.privateStart,
        'metadata-size': member!.privHead.privateSize,
      })),
      ...extents.map(({ name, startSector, sizeSectors, disk }) => ({
        name,
        start: startSector,
        size: sizeSectors,
        disk: disk.name,
      })),
    ]);
  });
});
