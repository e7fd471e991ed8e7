import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createdDisks, everyLayout, gptRequest } from '../testing/ldm-disks';
import { haveLdmtool, ldmtool, scratchFolder } from '../testing/ldm-samples';
import { hasValidChecksum } from './checksum';
import { assembleGroups, createDiskGroup, readMember } from './index';

/** True where this machine lets us look at an image through its kernel's reader of dynamic disks. */
const kernelReadsLdm =
  process.getuid?.() === 0 &&
  existsSync('/dev/loop-control') &&
  /^CONFIG_LDM_PARTITION=y$/m.test(kernelConfig());

function kernelConfig(): string {
  if (existsSync('/proc/config.gz')) return gunzipSync(readFileSync('/proc/config.gz')).toString('latin1');
  const path = `/boot/config-${release()}`;
  return existsSync(path) ? readFileSync(path, 'latin1') : '';
}

describe('every layout on MBR and GPT disks', () => {
  const folder = scratchFolder();
  afterAll(() => folder.remove());
  const request = everyLayout();
  const { created, disks } = createdDisks(request);
  const members = disks.map((disk) => readMember(disk)!);
  const group = assembleGroups(members)[0]!;
  const images = () =>
    disks.map(({ bytes }, index) => {
      const path = join(folder.path, `disk${index}.img`);
      writeFileSync(path, bytes);
      return path;
    });

  it('is read back as it was asked for', () => {
    expect(members.map(({ style }) => style)).toEqual(['mbr', 'mbr', 'gpt', 'gpt']);
    expect(members.flatMap(({ problems }) => problems)).toEqual([]);
    expect(
      group.volumes.map(({ name, layout, sizeSectors, mountHint, components }) => ({
        name,
        layout: layout === 'mirrored' ? 'mirror' : layout,
        sizeSectors,
        disks: components.flatMap(({ extents }) => extents.map(({ disk }) => members.indexOf(disk.member!))),
        ...(mountHint === undefined ? {} : { mountHint }),
      })),
    ).toEqual(request.volumes);
    const places = group.volumes.map(({ components }) =>
      components.flatMap(({ extents }) =>
        extents.map(({ disk, absoluteSector }) => ({
          disk: members.indexOf(disk.member!),
          offsetBytes: absoluteSector! * 512,
        })),
      ),
    );
    expect(places).toEqual(created.volumes.map(({ copies }) => copies));
  });

  it('has sealed blocks, and the group signature on MBR disks only', () => {
    members.forEach(({ privHeads, tocs, privHead }, disk) => {
      const sectors = [...privHeads, ...tocs].map(({ sector }) => sector);
      expect(sectors).toHaveLength(disk < 2 ? 5 : 4);
      for (const sector of sectors)
        expect(hasValidChecksum(disks[disk]!.read(sector * 512, 512)), `sector ${sector}`).toBe(true);
      expect(privHead.groupSignature).toBe(disk < 2 ? 0x11223344 : 0);
    });
  });

  it.skipIf(!haveLdmtool)('is the same for ldmtool', () => {
    const guid = created.groupGuid;
    const extents = group.volumes.flatMap(({ components }) => components.flatMap((each) => each.extents));
    const paths = images();
    const [groups, shown, ...rest] = ldmtool(paths, [
      `show diskgroup ${guid}`,
      ...group.volumes.map(({ name }) => `show volume ${guid} ${name}`),
      ...group.disks.map(({ name }) => `show disk ${guid} ${name}`),
      ...extents.map(({ name }) => `show partition ${guid} ${name}`),
    ]);
    expect(groups).toEqual([guid]);
    expect(shown).toEqual({
      name: 'CUSTOMER-Dg0',
      guid,
      volumes: group.volumes.map(({ name }) => name),
      disks: ['Disk1', 'Disk2', 'Disk3', 'Disk4'],
    });
    const types = ['simple', 'striped', 'mirrored', 'RAID5', 'spanned'];
    expect(rest).toEqual([
      ...group.volumes.map(({ name, guid: volumeGuid, sizeSectors, mountHint, components }, index) => ({
        name,
        guid: volumeGuid,
        type: types[index],
        size: sizeSectors,
        'chunk-size': ['striped', 'RAID5'].includes(types[index]!) ? 128 : 0,
        ...(mountHint === undefined ? {} : { hint: mountHint }),
        partitions: components.flatMap((component) => component.extents.map((extent) => extent.name)),
      })),
      ...group.disks.map(({ name, guid: diskGuid }, index) => ({
        name,
        guid: diskGuid,
        present: true,
        device: paths[index],
        'data-start': index < 2 ? 63 : 3106,
        'data-size': members[index]!.privHead.publicSize,
        'metadata-start': index < 2 ? 24_576 - 2048 : 34,
        'metadata-size': 2048,
      })),
      ...extents.map(({ name, startSector, sizeSectors, disk }) => ({
        name,
        start: startSector,
        size: sizeSectors,
        disk: disk.name,
      })),
    ]);
  });

  it.skipIf(!kernelReadsLdm)("has the kernel's partitions where its extents are, on MBR disks", () => {
    // The kernel looks for dynamic disks behind an MBR only.
    for (const [index, path] of images().slice(0, 2).entries()) {
      const device = execFileSync('losetup', ['--find', '--show', '--partscan', path], {
        encoding: 'utf8',
      }).trim();
      try {
        const name = device.replace('/dev/', '');
        const number = (partition: string, file: string) =>
          Number(readFileSync(`/sys/block/${name}/${partition}/${file}`, 'utf8'));
        const seen = readdirSync(`/sys/block/${name}`)
          .filter((entry) => entry.startsWith(`${name}p`))
          .map((partition) => [number(partition, 'start'), number(partition, 'size')]);
        const extents = group.volumes
          .flatMap(({ components }) => components.flatMap((each) => each.extents))
          .filter(({ disk }) => disk.member === members[index])
          .map(({ absoluteSector, sizeSectors }) => [absoluteSector, sizeSectors]);
        const order = (a: (number | undefined)[], b: (number | undefined)[]) => a[0]! - b[0]!;
        expect(seen.sort(order)).toEqual(extents.sort(order));
      } finally {
        execFileSync('losetup', ['-d', device]);
      }
    }
  });

  it('refuses volumes and disks that do not suit', () => {
    const withVolume = (volume: (typeof request.volumes)[number]) => () =>
      createDiskGroup({ ...request, volumes: [volume] });
    expect(withVolume({ name: 'S', layout: 'striped', sizeSectors: 1000, disks: [0, 1] })).toThrow(
      'Volume S has 1000 sectors, which are no whole stripes of 2 times 128 sectors. Choose a multiple.',
    );
    expect(withVolume({ name: 'R', layout: 'raid5', sizeSectors: 1024, disks: [0, 1] })).toThrow(
      'Volume R is a raid5 volume and needs 3 to 32 different disk(s), not [0, 1].',
    );
    expect(withVolume({ name: 'P', layout: 'spanned', sizeSectors: 60_000, disks: [0, 1] })).toThrow(
      /^Volume P needs \d+ sectors on disk 1, where \d+ are free\./,
    );
    expect(withVolume({ name: 'Größe', layout: 'simple', sizeSectors: 8 })).toThrow(
      '"Größe" is no name for an LDM object. Use printable ASCII only, one character at least.',
    );
    expect(
      withVolume({ name: 'T', layout: 'striped', sizeSectors: 256, disks: [0, 1], tableEntry: 'plain' }),
    ).toThrow('Volume T cannot have a table entry: only simple volumes and mirrors can.');
    const gpt = gptRequest(24_576);
    expect(() =>
      createDiskGroup({ ...request, disks: [{ ...gpt, data: { startSector: 100, sizeSectors: 9000 } }] }),
    ).toThrow('The LDM partitions of disk 0 overlap or go beyond its 24576 sectors.');
    expect(() => createDiskGroup({ ...request, disks: [{ sizeSectors: 4000, signature: 1 }] })).toThrow(
      'Disk 0 has 4000 sectors; a dynamic disk needs at least 4159.',
    );
  });
});
