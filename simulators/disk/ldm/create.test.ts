import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseMbr } from '../mbr';
import { haveLdmtool, ldmtool, memoryDisk, scratchFolder } from '../testing/ldm-samples';
import { hasValidChecksum } from './checksum';
import { assembleGroups, createDiskGroup, type DiskGroupRequest, importAsIs, readMember } from './index';

const SECTORS = 65536;
const VOLUME_SECTORS = 32768;

const mirrorRequest: DiskGroupRequest = {
  groupName: 'CUSTOMER-Dg0',
  disks: [
    { sizeSectors: SECTORS, signature: 0x11223344 },
    { sizeSectors: SECTORS, signature: 0x55667788 },
  ],
  volumes: [
    { name: 'Volume1', layout: 'mirror', sizeSectors: VOLUME_SECTORS, mountHint: 'C:', tableEntry: 'active' },
    { name: 'Volume2', layout: 'simple', sizeSectors: 4096, disks: [1] },
  ],
  now: new Date('2012-09-11T12:00:00Z'),
  newGuid: countingGuids(),
};

function countingGuids(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `0649${String(count).padStart(4, '0')}-fbfd-11e1-8cf9-52540061f5db`;
  };
}

function createdDisks(request: DiskGroupRequest = mirrorRequest) {
  const created = createDiskGroup(request);
  const disks = request.disks.map(({ sizeSectors }, index) => {
    const disk = memoryDisk(new Uint8Array(sizeSectors * 512));
    disk.bytes.fill(0x90, 0, 0x1b8);
    disk.apply(created.patches[index]!);
    return disk;
  });
  return { created, disks };
}

describe('createDiskGroup', () => {
  const folder = scratchFolder();
  afterAll(() => folder.remove());

  const { created, disks } = createdDisks();

  const write = (name: string, bytes: Uint8Array) => {
    const path = join(folder.path, name);
    writeFileSync(path, bytes);
    return path;
  };

  it('is read back as one mirrored and one simple volume where the result says they are', () => {
    const members = disks.map((disk) => readMember(disk)!);
    expect(members.flatMap(({ problems }) => problems)).toEqual([]);
    const [group] = assembleGroups(members);
    expect(group?.name).toBe('CUSTOMER-Dg0');
    expect(group?.guid).toBe(created.groupGuid);
    expect(group?.volumes.map(({ name, layout, sizeSectors }) => [name, layout, sizeSectors])).toEqual([
      ['Volume1', 'mirrored', VOLUME_SECTORS],
      ['Volume2', 'simple', 4096],
    ]);
    const read = group!.volumes.map(({ components }) =>
      components.map(({ extents }) => ({
        disk: members.indexOf(extents[0]!.disk.member!),
        offsetBytes: extents[0]!.absoluteSector! * 512,
      })),
    );
    expect(read).toEqual(created.volumes.map(({ copies }) => copies));
    expect(read[0]).toEqual([
      { disk: 0, offsetBytes: 1048576 },
      { disk: 1, offsetBytes: 1048576 },
    ]);
  });

  it('puts sealed PRIVHEADs and TOCBLOCKs where the kernel looks for them, in the last 2048 sectors', () => {
    for (const { bytes } of disks) {
      const start = SECTORS - 2048;
      const sector = (number: number) => bytes.slice(number * 512, (number + 1) * 512);
      for (const [magic, sectors] of [
        ['PRIVHEAD', [6, start + 1856, start + 2047]],
        ['TOCBLOCK', [start + 2, start + 2045]],
      ] as const) {
        for (const number of sectors) {
          expect(String.fromCharCode(...sector(number).slice(0, 8))).toBe(magic);
          expect(hasValidChecksum(sector(number))).toBe(true);
        }
      }
      const view = new DataView(bytes.buffer, 6 * 512, 512);
      expect(view.getUint16(0x0c)).toBe(2);
      expect(view.getUint16(0x0e)).toBe(12);
      expect(view.getBigUint64(0x133)).toBe(2048n);
      expect(String.fromCharCode(...sector(start + 1498).slice(0, 4))).toBe('KLOG');
    }
  });

  it('keeps the boot code and types every table entry 42, the boot volume active', () => {
    const mbr = parseMbr(disks[0]!.bytes.slice(0, 512))!;
    expect(mbr.bootCode.every((byte) => byte === 0x90)).toBe(true);
    expect(mbr.signature).toBe(0x11223344);
    expect(mbr.partitions).toEqual([
      { number: 1, active: false, type: 0x42, startSector: 63, sizeSectors: 1985 },
      { number: 2, active: true, type: 0x42, startSector: 2048, sizeSectors: VOLUME_SECTORS },
      { number: 3, active: false, type: 0x42, startSector: 34816, sizeSectors: SECTORS - 2048 - 34816 },
    ]);
  });

  it('has one placeholder entry where no volume asks for its own', () => {
    const { disks: plain } = createdDisks({ ...mirrorRequest, volumes: [] });
    expect(parseMbr(plain[1]!.bytes.slice(0, 512))!.partitions).toEqual([
      { number: 1, active: false, type: 0x42, startSector: 63, sizeSectors: SECTORS - 2048 - 63 },
    ]);
  });

  it.skipIf(!haveLdmtool)('is accepted by ldmtool, before and after an import', () => {
    const check = (prefix: string) => {
      const paths = disks.map(({ bytes }, index) => write(`${prefix}-${index}.img`, bytes));
      const guid = created.groupGuid;
      const answers = ldmtool(paths, [
        `show diskgroup ${guid}`,
        `show volume ${guid} Volume1`,
        `show volume ${guid} Volume2`,
        `show partition ${guid} Disk1-01`,
        `show partition ${guid} Disk2-01`,
        `show partition ${guid} Disk2-02`,
        `show disk ${guid} Disk2`,
      ]);
      expect(answers).toEqual([
        [guid],
        { name: 'CUSTOMER-Dg0', guid, volumes: ['Volume1', 'Volume2'], disks: ['Disk1', 'Disk2'] },
        {
          name: 'Volume1',
          guid: created.volumes[0]!.guid,
          type: 'mirrored',
          size: VOLUME_SECTORS,
          'chunk-size': 0,
          hint: 'C:',
          partitions: ['Disk1-01', 'Disk2-01'],
        },
        {
          name: 'Volume2',
          guid: created.volumes[1]!.guid,
          type: 'simple',
          size: 4096,
          'chunk-size': 0,
          partitions: ['Disk2-02'],
        },
        { name: 'Disk1-01', start: 1985, size: VOLUME_SECTORS, disk: 'Disk1' },
        { name: 'Disk2-01', start: 1985, size: VOLUME_SECTORS, disk: 'Disk2' },
        { name: 'Disk2-02', start: 34753, size: 4096, disk: 'Disk2' },
        {
          name: 'Disk2',
          guid: expect.any(String),
          present: true,
          device: paths[1],
          'data-start': 63,
          'data-size': SECTORS - 2048 - 63,
          'metadata-start': SECTORS - 2048,
          'metadata-size': 2048,
        },
      ]);
    };
    check('created');
    const patches = importAsIs(disks, new Date('2026-11-21T00:00:00Z'));
    disks.forEach((disk, index) => {
      disk.apply(patches[index]!);
    });
    check('imported');
  });

  it('has a table that sfdisk reads the same way', () => {
    const dump = execFileSync('sfdisk', ['-d', write('table.img', disks[0]!.bytes)], { encoding: 'utf8' });
    expect(dump).toContain('label-id: 0x11223344');
    expect(dump.match(/start=.*$/gm)?.map((line) => line.replaceAll(' ', ''))).toEqual([
      'start=63,size=1985,type=42',
      `start=2048,size=${VOLUME_SECTORS},type=42,bootable`,
      'start=34816,size=28672,type=42',
    ]);
  });

  it('refuses a volume that does not fit, a mirror on one disk and a name that LDM cannot hold', () => {
    const withVolume = (volume: DiskGroupRequest['volumes'][number]) => () =>
      createDiskGroup({ ...mirrorRequest, volumes: [volume] });
    expect(withVolume({ name: 'Big', layout: 'simple', sizeSectors: SECTORS })).toThrow(
      'Volume Big needs 65536 sectors on disk 0, where 61440 are free. Shrink the volume or enlarge the disk.',
    );
    expect(withVolume({ name: 'M', layout: 'mirror', sizeSectors: 10, disks: [1, 1] })).toThrow(
      'Volume M is a mirror volume and needs 2 different disk(s), not [1, 1].',
    );
    expect(() => createDiskGroup({ ...mirrorRequest, groupName: 'x'.repeat(32) })).toThrow(
      'has 32 characters and its LDM field only 31. Use a shorter one.',
    );
  });
});
