import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../../simulators/disk/testing/partition-programs';
import type { Inspection } from '../../simulators/windows/inspect';
import { digest, rescueLab, tool, whyNoImages } from './testing/disk-command';
import { DISK_GUID, dynamicDisks, mbrServer, uefiServer } from './testing/server-images';

const reason = whyNoImages();
const fatPrograms = ['mkfs.vfat', 'mcopy'].filter((program) => !hasProgram(program));

describe.skipIf(reason !== undefined)(
  `rescue-lab inspect${reason ? ` (${reason})` : ''}`,
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
    const server = join(folder, 'server.img');
    beforeAll(async () => writeFileSync(server, await mbrServer(folder)));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** The images must be the same afterwards. */
    async function inspect(...images: string[]): Promise<Inspection> {
      const before = images.map(digest);
      const { code, output, errors } = await rescueLab(folder, ['inspect', '--json', ...images]);
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      expect(output.trimEnd()).not.toContain('\n');
      expect(images.map(digest)).toEqual(before);
      return JSON.parse(output) as Inspection;
    }

    it('says what is on an MBR server and what it does at power-on', async () => {
      const found = await inspect(server);
      expect(Object.keys(found)).toEqual([
        'disks',
        'groups',
        'volumes',
        'windows',
        'stores',
        'boot',
        'problems',
      ]);
      expect(found.disks).toMatchObject([
        {
          number: 0,
          image: server,
          format: 'raw',
          sizeBytes: 26 << 20,
          style: 'mbr',
          identity: 'DDBA6BBB',
          status: 'Online',
          partitions: [
            { number: 1, type: 'NTFS (07)', startSector: 2048, active: true, volume: 0 },
            { number: 2, type: 'NTFS (07)', startSector: 18_432, active: false, volume: 1 },
          ],
        },
      ]);
      expect(found.volumes).toMatchObject([
        { name: '\\Device\\HarddiskVolume1', label: 'System Reserved', fileSystem: 'NTFS', dirty: false },
        { name: 'C:', letter: 'C', fileSystem: 'NTFS', dirty: false },
      ]);
      expect(found.windows).toMatchObject([
        {
          volume: 'C:',
          productName: 'Windows Server 2008 R2 Standard',
          version: '6.1.7601',
          computerName: 'KUNDE-01',
          firewall: { domain: true, private: true, public: true },
          accounts: [
            { name: 'Administrator', rid: 500, administrator: true, enabled: true, hasPassword: true },
            { name: 'Guest', rid: 501, administrator: false, enabled: false, hasPassword: false },
          ],
        },
      ]);
      const devices = found.stores.flatMap(({ entries }) => entries.flatMap((entry) => entry.devices));
      expect(devices.map(({ element, text, resolved }) => `${element} ${text} ${resolved}`)).toContain(
        'osdevice partition=C: true',
      );
      expect(found.boot).toMatchObject({ firmware: 'BIOS', starts: true });
      expect(found.problems).toEqual([]);
    });

    it('finds a store that names another disk, and what the screen shows then', async () => {
      const image = join(folder, 'moved.img');
      copyFileSync(server, image);
      // A copy that was signed anew: its boot entries point to the old signature.
      const script = 'select disk 0\r\nuniqueid disk id=0BADF00D\r\n';
      expect((await tool(folder, [image], ['diskpart'], script)).code).toBe(0);
      const { disks, stores, boot, problems } = await inspect(image);
      expect(disks[0]!.identity).toBe('0BADF00D');
      const devices = stores.flatMap(({ entries }) => entries.flatMap((entry) => entry.devices));
      expect(devices.filter(({ resolved }) => resolved)).toEqual([]);
      expect(devices[0]).toMatchObject({
        text: 'unknown',
        explanation: 'no disk has the signature DDBA6BBB; disk 0 has 0BADF00D',
      });
      expect(boot).toMatchObject({ firmware: 'BIOS', starts: false });
      expect(boot.screen.join('\n')).toContain('0xc000000e');
      expect(problems[0]).toBe(boot.outcome);
    });

    it('keeps a copy of a disk offline beside it, whose signature is the same', async () => {
      const copy = join(folder, 'copy.img');
      copyFileSync(server, copy);
      const { disks, volumes, problems } = await inspect(server, copy);
      expect(disks.map(({ status }) => status)).toEqual([
        'Online',
        'Offline (its signature is that of another disk)',
      ]);
      expect(volumes.map(({ disks: on }) => on)).toEqual([[0], [0]]);
      expect(problems).toEqual(['Disk 1 is Offline (its signature is that of another disk).']);
    });

    it.skipIf(fatPrograms.length > 0)(`reads a FAT32 EFI system partition ${fatPrograms}`, async () => {
      const image = join(folder, 'uefi.img');
      writeFileSync(image, await uefiServer(folder));
      const found = await inspect(image);
      expect(found.disks).toMatchObject([{ style: 'gpt', identity: `{${DISK_GUID}}` }]);
      expect(found.disks[0]!.partitions.map(({ type }) => type)).toEqual(['EFI System', 'Primary']);
      expect(found.volumes).toMatchObject([{ fileSystem: 'FAT32' }, { letter: 'C', fileSystem: 'NTFS' }]);
      expect(found.stores.map(({ path }) => path)).toEqual([
        '\\Device\\HarddiskVolume1\\EFI\\Microsoft\\Boot\\BCD',
      ]);
      expect(found.boot).toMatchObject({ firmware: 'UEFI', starts: true });
      expect(found.problems).toEqual([]);
      const edited = await tool(
        folder,
        [image],
        ['cmd', '/c', 'bcdedit /timeout 7 && bcdedit /enum {bootmgr}'],
      );
      expect(edited).toMatchObject({ code: 0, output: expect.stringMatching(/timeout +7\n/) });
    });

    it('names what is missing of a mirror, and whose group it is', async () => {
      const [half] = await dynamicDisks(folder, 'mirror', { 'a.txt': 'a' });
      const image = join(folder, 'half.img');
      writeFileSync(image, half!);
      const { groups, volumes, problems, windows, boot } = await inspect(image);
      expect(groups).toMatchObject([
        {
          name: 'KUNDE-01-Dg0',
          disks: [{ name: 'Disk1', disk: 0 }, { name: 'Disk2' }],
          volumes: [{ name: 'Volume1', layout: 'mirrored', dirty: false, behind: [], mountHint: 'E:' }],
          foreign: expect.stringContaining('foreign until it is imported'),
        },
      ]);
      expect(volumes).toMatchObject([{ label: 'Data', type: 'Mirror', status: 'Failed Rd' }]);
      expect({ windows, starts: boot.starts }).toEqual({ windows: [], starts: false });
      expect(problems).toContain('Disk2 of the disk group KUNDE-01-Dg0 is missing.');
    });

    it('looks at what is no disk of Windows, down to nothing at all', async () => {
      const [empty, text] = ['empty.img', 'text.img'].map((name) => join(folder, name)) as [string, string];
      writeFileSync(empty, '');
      writeFileSync(text, 'no disk');
      const { disks, volumes, boot } = await inspect(empty, text);
      expect(disks.map(({ style, status }) => `${style} ${status}`)).toEqual([
        'raw Not Initialized',
        'raw Not Initialized',
      ]);
      expect({ volumes, firmware: boot.firmware }).toEqual({ volumes: [], firmware: 'none' });
    });

    it('tells of a disk that was cut short, and goes on', async () => {
      const image = join(folder, 'cut.img');
      writeFileSync(image, (await mbrServer(folder)).subarray(0, 12 << 20));
      const { code, output, errors } = await rescueLab(folder, ['inspect', image]);
      expect(code).toBe(0);
      expect(errors).not.toMatch(/\n +at /);
      expect(output).toContain('To look at\n');
      expect(output).toMatch(/✗ Volume/);
    });
  },
);
