import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../../simulators/disk/testing/partition-programs';
import { RunPlace } from '../features/testing/nested-run';
import { digest, extract, RESCUE_LAB, rescueLab, tool, typed, whyNoImages } from './testing/disk-command';
import { mbrServer, RESERVED, WINDOWS } from './testing/server-images';

const reason = whyNoImages();

describe.skipIf(reason !== undefined)(
  `rescue-lab tool${reason ? ` (${reason})` : ''}`,
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'tool-'));
    const pristine = join(folder, 'pristine.img');
    beforeAll(async () => writeFileSync(pristine, await mbrServer(folder)));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** A server's disk of a test's own. */
    function server(name: string): string {
      const image = join(folder, `${name}.img`);
      copyFileSync(pristine, image);
      return image;
    }

    describe('on the disk of a server', () => {
      it('shows it as its Windows sees it, and changes no byte', async () => {
        const image = server('looking');
        const before = digest(image);
        const { code, output, errors } = await typed(
          folder,
          [image],
          'hostname',
          'ver',
          'type C:\\Users\\Administrator\\hello.txt',
          'bcdedit /enum',
          'reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName /v ComputerName',
          'net user',
          'echo list volume> nul & exit 7',
        );
        expect({ code, errors }).toEqual({ code: 7, errors: '' });
        expect(output).toMatch(/>hostname\nKUNDE-01\n/);
        expect(output).toContain('Microsoft Windows [Version 6.1.7601]');
        expect(output).toMatch(/hello\.txt\nhello\n/);
        expect(output).toMatch(/osdevice +partition=C:\n/);
        expect(output).toMatch(/ComputerName +REG_SZ +KUNDE-01\n/);
        expect(output).toMatch(/Administrator +Guest/);
        expect(digest(image)).toBe(before);
      });

      it('writes a boot store that hivex reads', async () => {
        const image = server('store');
        const edited = await tool(
          folder,
          [image],
          ['bcdedit', '/set', '{default}', 'description', 'Our & "own" name'],
        );
        expect(edited).toEqual({ code: 0, output: 'The operation completed successfully.\n', errors: '' });
        if (!hasProgram('hivexregedit')) return;
        const store = extract(image, RESERVED, 'Boot/BCD');
        const text = execFileSync('hivexregedit', ['--export', store, '\\Objects'], { encoding: 'latin1' });
        const data = Buffer.from('Our & "own" name', 'utf16le')
          .toString('hex')
          .replace(/..(?=.)/g, '$&,');
        expect(text).toContain(`"Element"=hex(1):${data}`);
      });

      it.skipIf(!hasProgram('chntpw'))('clears a password for chntpw too (package chntpw)', async () => {
        const image = server('password');
        const config = 'Windows/System32/config';
        const passwords = (file: string) =>
          spawnSync('chntpw', ['-l', file], { encoding: 'latin1' }).stdout.match(/Administrator.*/)?.[0];
        expect(passwords(extract(image, WINDOWS, `${config}/SAM`))).not.toContain('*BLANK*');
        const { code, output } = await tool(folder, [image], ['net', 'user', 'Administrator', '']);
        expect({ code, output }).toEqual({ code: 0, output: 'The command completed successfully.\n\n' });
        expect(passwords(extract(image, WINDOWS, `${config}/SAM`))).toContain('*BLANK*');
      });

      it('refuses with --read-only whatever would change it', async () => {
        const image = server('read-only');
        const before = digest(image);
        const lines = [
          'bcdedit /set {default} description No',
          'net user Administrator No',
          'echo no> C:\\no.txt',
          'del C:\\Users\\Administrator\\hello.txt',
          'reg add HKLM\\SYSTEM\\No /f',
          'bootrec /fixmbr',
        ];
        const input = lines.map((line) => `${line}\r\necho code %ERRORLEVEL%\r\n`).join('');
        const typing = await tool(folder, [image], ['cmd', '--read-only'], input);
        expect(typing.output.match(/^code \d+$/gm)).toHaveLength(lines.length);
        expect(typing.output).not.toMatch(/^code 0$/m);
        expect(typing.errors).toMatch(/Access is denied\./);
        const script = 'select disk 0\r\nuniqueid disk id=11223344\r\nclean\r\n';
        const { output } = await tool(folder, [image], ['diskpart', '--read-only'], script);
        expect(output.match(/The media is write protected\./g)).toHaveLength(2);
        expect(digest(image)).toBe(before);
      });

      it('answers as cmd does for a command that is not there, and with its own exit code', async () => {
        const image = server('codes');
        expect(await tool(folder, [image], ['nosuch'])).toEqual({
          code: 1,
          output: '',
          errors:
            "'nosuch' is not recognized as an internal or external command,\noperable program or batch file.\n",
        });
        expect((await tool(folder, [image], ['cmd', '/c', 'exit 9009'])).code).toBe(1);
      });
    });

    it('writes into a qcow2 overlay, and leaves the image behind it', async () => {
      const image = server('backing');
      const before = digest(image);
      const overlay = join(folder, 'overlay.qcow2');
      execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', image, '-F', 'raw', overlay]);
      expect(await tool(folder, [overlay], ['cmd', '/c', 'echo over> C:\\over.txt'])).toMatchObject({
        code: 0,
      });
      execFileSync('qemu-img', ['check', '-q', overlay]);
      const whole = join(folder, 'whole.img');
      execFileSync('qemu-img', ['convert', '-O', 'raw', overlay, whole]);
      expect(readFileSync(extract(whole, WINDOWS, 'over.txt'), 'latin1')).toBe('over\r\n');
      expect(digest(image)).toBe(before);
    });

    it('is the only one that uses an image', async () => {
      using place = new RunPlace();
      const image = server('used');
      const first = place.start([RESCUE_LAB, 'tool', 'cmd', '--disk', image]);
      await first.said(/C:\\.*>/);
      const [second, third] = await Promise.all([
        tool(folder, [image], ['dir', 'C:\\']),
        rescueLab(folder, ['inspect', image]),
      ]);
      for (const answer of [second, third])
        expect(answer).toMatchObject({
          code: 1,
          output: '',
          errors: expect.stringContaining(`The disk image ${image} is in use`),
        });
      first.type('exit 3\r\n');
      expect(await first.ended).toBe(3);
    });

    describe('without an image that can be opened', () => {
      it.concurrent.each<[string, string[], number, RegExp]>([
        ['none', ['tool', 'dir'], 2, /required option '--disk <image>' not specified/],
        ['no tool', ['tool', '--disk', 'x'], 2, /missing required argument 'name'/],
        [
          'a file that is not there',
          ['tool', 'dir', '--disk', 'no.img'],
          1,
          /There is no disk image .*\/no\.img\. Give/,
        ],
        ['a folder', ['tool', 'dir', '--disk', '.'], 1, /is a folder\. Give the path of a disk image/],
        ['a folder to inspect', ['inspect', '.'], 1, /is a folder\. Give the path of a disk image/],
        ['nothing to inspect', ['inspect'], 2, /missing required argument 'image'/],
      ])('says so: %s', async (_, words, code, message) => {
        const answer = await rescueLab(folder, words);
        expect(answer).toMatchObject({ code, output: '', errors: expect.stringMatching(message) });
      });

      it('says so: a file that QEMU cannot read', async () => {
        writeFileSync(join(folder, 'broken.qcow2'), Buffer.from('QFI\xfb\0\0\0\x03', 'latin1'));
        const { code, errors } = await tool(folder, ['broken.qcow2'], ['dir']);
        expect(code).toBe(1);
        expect(errors).toMatch(/broken\.qcow2 is no disk image that QEMU can read/);
      });

      it('says so: no namespace for the mounts', () => {
        const programs = join(folder, 'programs');
        mkdirSync(programs);
        const refusing = '#!/bin/sh\necho "unshare: unshare failed: Operation not permitted" >&2; exit 1\n';
        writeFileSync(join(programs, 'unshare'), refusing, { mode: 0o755 });
        const env = { ...process.env, PATH: `${programs}:${process.env['PATH']}` };
        const { status, stderr } = spawnSync(process.execPath, [RESCUE_LAB, 'inspect', server('mounts')], {
          env,
          encoding: 'utf8',
        });
        expect(status).toBe(14);
        expect(stderr).toContain(
          'Disk images cannot be opened here: a command may not have mounts of its own (unshare: unshare failed: Operation not permitted).',
        );
      });

      it('says so: a file that may not be written', async () => {
        const image = server('protected');
        chmodSync(image, 0o444);
        expect((await tool(folder, [image], ['dir'])).errors).toMatch(/add --read-only/);
        expect((await tool(folder, [image], ['hostname', '--read-only'])).output).toBe('KUNDE-01\n');
      });
    });
  },
);
