import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../../simulators/disk/testing/partition-programs';
import type { Inspection } from '../../simulators/windows/inspect';
import { digest, extract, rescueLab, tool, whyNoImages } from './testing/disk-command';
import { DISK_GUID, mbrServer, uefiServer, WINDOWS } from './testing/server-images';

const reason = whyNoImages();
const WRITE = ['cmd', '/c', 'echo new> C:\\new.txt'];

/** A loop device over the image; undefined where there can be none. */
function loopDevice(image: string): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { status, stdout } = spawnSync('losetup', ['--find', '--show', image], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

describe.skipIf(reason !== undefined)(
  `formats of disk images${reason ? ` (${reason})` : ''}`,
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'formats-'));
    const pristine = join(folder, 'pristine.img');
    beforeAll(async () => writeFileSync(pristine, await mbrServer(folder)));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const at = (name: string) => join(folder, name);
    function convert(name: string, ...options: string[]): string {
      execFileSync('qemu-img', ['convert', ...options, pristine, at(name)]);
      return at(name);
    }
    function server(name: string): string {
      copyFileSync(pristine, at(name));
      return at(name);
    }
    const inspect = async (image: string) =>
      JSON.parse((await rescueLab(folder, ['inspect', '--json', image])).output) as Inspection;

    it.each([
      ['qcow2', 'disk.qcow2', ['-O', 'qcow2']],
      ['qcow2', 'compressed.qcow2', ['-c', '-O', 'qcow2']],
      ['vmdk', 'disk.vmdk', ['-O', 'vmdk']],
      ['vmdk', 'flat.vmdk', ['-O', 'vmdk', '-o', 'subformat=monolithicFlat']],
      ['vmdk', 'split.vmdk', ['-O', 'vmdk', '-o', 'subformat=twoGbMaxExtentSparse']],
      ['vpc', 'dynamic.vhd', ['-O', 'vpc', '-o', 'force_size']],
      ['vhdx', 'disk.vhdx', ['-O', 'vhdx']],
      ['vdi', 'disk.vdi', ['-O', 'vdi']],
    ])('%s is looked at and written: %s', async (format, name, options) => {
      const image = convert(name, ...options);
      const before = digest(image);
      expect((await inspect(image)).disks).toMatchObject([
        { image, format, sizeBytes: 26 << 20, identity: 'DDBA6BBB' },
      ]);
      expect(digest(image)).toBe(before);
      expect(await tool(folder, [image], WRITE)).toEqual({ code: 0, output: '', errors: '' });
      const raw = at(`${name}.raw`);
      execFileSync('qemu-img', ['convert', '-O', 'raw', image, raw]);
      expect(readFileSync(extract(raw, WINDOWS, 'new.txt'), 'latin1')).toBe('new\r\n');
    });

    it('a fixed VHD ends before its footer, which stays', async () => {
      const image = at('fixed.vhd');
      writeFileSync(at('uefi.img'), await uefiServer(folder));
      const vpc = ['-O', 'vpc', '-o', 'subformat=fixed,force_size'];
      execFileSync('qemu-img', ['convert', ...vpc, at('uefi.img'), image]);
      const footer = () => readFileSync(image).subarray(-512).toString('latin1');
      const before = footer();
      expect(before).toMatch(/^conectix/);
      const { disks, problems } = await inspect(image);
      expect(disks).toMatchObject([
        { format: 'vpc', sizeBytes: statSync(image).size - 512, identity: `{${DISK_GUID}}` },
      ]);
      expect(problems).toEqual([]);
      const script = 'select disk 0\r\nuniqueid disk id=11111111-2222-4333-8444-555555555555\r\n';
      expect((await tool(folder, [image], ['diskpart'], script)).code).toBe(0);
      expect(footer()).toBe(before);
      expect((await inspect(image)).problems.join('\n')).not.toMatch(/table/i);
    });

    it('a stream-optimized VMDK can only be looked at', async () => {
      const image = convert('stream.vmdk', '-O', 'vmdk', '-o', 'subformat=streamOptimized');
      const before = digest(image);
      expect(await tool(folder, [image], WRITE)).toMatchObject({
        code: 1,
        output: '',
        errors: `${image} is a stream-optimized VMDK, which cannot be changed. To only look at it, add --read-only; else make a copy with qemu-img convert -O qcow2.\n`,
      });
      const looked = await tool(folder, [image], ['hostname', '--read-only']);
      expect(looked).toEqual({ code: 0, output: 'KUNDE-01\n', errors: '' });
      expect(digest(image)).toBe(before);
    });

    it('the same image is taken once only, by whatever name', async () => {
      const image = server('twice.img');
      symlinkSync(image, at('symbolic.img'));
      linkSync(image, at('hard.img'));
      for (const other of [image, at('symbolic.img'), at('hard.img')]) {
        const { code, output, errors } = await rescueLab(folder, ['inspect', image, other]);
        expect({ code, output }).toEqual({ code: 1, output: '' });
        expect(errors).toContain(`The same disk image is given twice: ${image}`);
      }
    });

    it('an overlay is not written beside what it stands on', async () => {
      const image = server('below.img');
      const overlay = at('above.qcow2');
      execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', image, '-F', 'raw', overlay]);
      const { code, errors } = await tool(folder, [overlay, image], WRITE);
      expect(code).toBe(1);
      expect(errors).toContain(`${overlay} stands on ${image}, which is given too`);
      expect(await tool(folder, [overlay, image], ['hostname', '--read-only'])).toMatchObject({
        output: 'KUNDE-01\n',
      });
    });

    it('an overlay is refused without what it stands on', async () => {
      const image = server('gone.img');
      const overlay = at('lost.qcow2');
      execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', image, '-F', 'raw', overlay]);
      rmSync(image);
      const { code, errors } = await tool(folder, [overlay], WRITE);
      expect(code).toBe(1);
      expect(errors).toMatch(/lost\.qcow2 is no disk image that QEMU can read: .*gone\.img.*No such file/);
    });

    it.skipIf(!hasProgram('fdisk'))('a disk with sectors of 4 KiB is refused', async () => {
      const image = at('large-sectors.img');
      writeFileSync(image, '');
      truncateSync(image, 64 << 20);
      const keys = 'g\nn\n\n\n\nw\n';
      execFileSync('fdisk', ['--sector-size', '4096', image], { input: keys, stdio: 'pipe' });
      expect(await rescueLab(folder, ['inspect', image])).toMatchObject({
        code: 1,
        output: '',
        errors: `The disk image ${image} has a partition table for sectors of 4096 bytes. The tools know sectors of 512 bytes only.\n`,
      });
    });

    it.each(['/dev/null', 'pipe'])('what is no disk is refused: %s', async (name) => {
      if (name === 'pipe') execFileSync('mkfifo', [at('pipe')]);
      const { code, errors } = await tool(folder, [name], WRITE);
      expect(code).toBe(1);
      expect(errors).toMatch(/is neither a file nor a block device\. Give the path of a disk image\./);
    });

    it('a block device is an image too, unless it is in use', async ({ skip }) => {
      const image = server('device.img');
      const device = loopDevice(image);
      if (device === undefined) return skip('no loop devices here');
      try {
        expect(await tool(folder, [device], WRITE)).toEqual({ code: 0, output: '', errors: '' });
        expect((await inspect(device)).disks).toMatchObject([{ image: device, identity: 'DDBA6BBB' }]);
      } finally {
        execFileSync('losetup', ['--detach', device]);
      }
      expect(readFileSync(extract(image, WINDOWS, 'new.txt'), 'latin1')).toBe('new\r\n');
      if (!hasProgram('mkfs.ext4')) return;
      const other = at('mounted.img');
      writeFileSync(other, '');
      truncateSync(other, 8 << 20);
      execFileSync('mkfs.ext4', ['-q', other]);
      const script = `
        device=$(losetup --find --show ${other})
        mkdir -p ${at('mounted')} && mount "$device" ${at('mounted')}
        "$@" --disk "$device" 2>&1; echo "code $?"
        umount "$device"; losetup --detach "$device"`;
      const words = [process.execPath, join(__dirname, '../bin/rescue-lab.mjs'), 'tool', 'hostname'];
      const said = execFileSync('unshare', ['--mount', 'sh', '-c', script, 'sh', ...words], {
        encoding: 'utf8',
      });
      expect(said).toMatch(/The block device \/dev\/loop\d+ is in use by this machine\..*\n(.*\n)*code 1\n/);
    });
  },
);
