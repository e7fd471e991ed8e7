import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assembleGroups, readMember } from '../../simulators/disk/ldm';
import { fileDisk, haveLdmtool, ldmtool } from '../../simulators/disk/testing/ldm-samples';
import { tool, whyNoImages } from './testing/disk-command';

const why = whyNoImages();
const MIB = 2 ** 20;

/** The whole way, with NTFS made, filled, resized and read by ntfs-3g's programs. */
describe.skipIf(why !== undefined)(
  `volumes of images change their size (${why ?? 'all programs are here'})`,
  () => {
    let folder: string;
    const disks = ['one.img', 'two.img', 'three.img'];
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'rescue-lab-sizes-'));
      for (const disk of disks) {
        writeFileSync(join(folder, disk), '');
        truncateSync(join(folder, disk), 64 * MIB);
      }
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    const diskpart = async (...lines: string[]) => {
      const answer = await tool(folder, disks, ['diskpart'], `${lines.join('\n')}\nexit\n`);
      return answer.output
        .split('DISKPART> ')
        .slice(1, -1)
        .map((text) => text.trim());
    };
    const cmd = (...lines: string[]) =>
      tool(folder, disks, ['cmd'], lines.map((line) => `${line}\r\n`).join(''));
    const members = () => disks.map((disk) => readMember(fileDisk(join(folder, disk))));
    /** A volume's bytes in a file, for programs to look at. */
    const ntfsIsSound = (disk: string, offset: number, size: number) => {
      const path = join(folder, 'volume');
      writeFileSync(path, readFileSync(join(folder, disk)).subarray(offset, offset + size));
      return execFileSync('ntfsresize', ['--info', '--no-progress-bar', path], { encoding: 'utf8' });
    };

    it('a partition shrinks, grows, and keeps its files', async () => {
      await diskpart('select disk 0', 'create partition primary size=40', 'format quick label=Data');
      await cmd('echo kept> C:\\kept.txt');
      const shrunk = await diskpart(
        'select volume 0',
        'shrink querymax',
        'shrink desired=10',
        'shrink desired=60',
      );
      // The number of MB in brackets was seen with recent versions.
      expect(shrunk[1]).toMatch(/^The maximum number of reclaimable bytes is: +\d+ MB \(\d+ MB\)$/);
      // Seen on real Windows, right-aligned.
      expect(shrunk[2]).toBe('DiskPart successfully shrunk the volume by:   10 MB');
      expect(shrunk[3]).toContain('The specified shrink size is too big and will cause the volume to be');
      expect(ntfsIsSound('one.img', 65536, 30 * MIB)).toMatch(/Current volume size: 314\d+ bytes/);
      const grown = await diskpart('select volume 0', 'extend size=20', 'extend size=100', 'extend');
      expect(grown[1]).toBe('DiskPart successfully extended the volume.');
      expect(grown[2]).toMatch(/^There is not enough usable free space on specified disk\(s\) to extend the/);
      expect(grown[3]).toBe('DiskPart successfully extended the volume.');
      expect(ntfsIsSound('one.img', 65536, 63 * MIB - 65536)).toMatch(/Current volume size: 6599\d+ bytes/);
      expect((await cmd('type C:\\kept.txt')).output).toContain('kept');
    }, 120_000);

    it('a dynamic volume grows onto another disk, and gets a mirror that is copied at once', async () => {
      const made = await diskpart(
        'select disk 0',
        'convert dynamic',
        'select disk 1',
        'convert dynamic',
        'select disk 2',
        'convert dynamic',
        'create volume simple size=20 disk=0',
        'format quick label=Data',
        'assign letter=Q',
        'create volume simple size=20 disk=1',
        'format quick label=Other',
        'add disk=2',
      );
      expect(made[11]).toBe('DiskPart succeeded in adding a mirror to the volume.');
      await cmd('mountvol C: /d', 'echo kept> C:\\kept.txt');
      const sizes = await diskpart('select volume 0', 'extend size=10 disk=1', 'list volume');
      expect(sizes[1]).toBe('DiskPart successfully extended the volume.');
      expect(sizes[2]).toMatch(/Spanned +30 MB {2}Healthy/);
      expect(sizes[2]).toMatch(/Mirror +20 MB {2}Healthy/);
      const [group] = assembleGroups(members().map((member) => member!));
      const mirror = group!.volumes.find(({ layout }) => layout === 'mirrored')!;
      expect(mirror.dirty).toBe(false);
      const halves = mirror.components.map(({ extents: [extent] }) => {
        const disk = members().findIndex(
          (member) => member!.privHead.diskGuid.toLowerCase() === extent!.disk.guid,
        );
        const start = extent!.absoluteSector! * 512;
        return readFileSync(join(folder, disks[disk]!)).subarray(start, start + 20 * MIB);
      });
      expect(halves[0]!.subarray(3, 7).toString()).toBe('NTFS');
      expect(Buffer.compare(halves[0]!, halves[1]!)).toBe(0);
      if (haveLdmtool) {
        const shown = ldmtool(
          disks.map((disk) => join(folder, disk)),
          group!.volumes.map(({ name }) => `show volume ${group!.guid} ${name}`),
        );
        expect(shown.slice(1).map((volume) => (volume as { type: string }).type)).toEqual(
          group!.volumes.map(({ layout }) => (layout === 'mirrored' ? 'mirrored' : 'spanned')),
        );
      }
    }, 120_000);
  },
);
