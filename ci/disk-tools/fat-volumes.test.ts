import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../../simulators/disk/testing/partition-programs';
import { digest, tool, typed, whyNoImages } from './testing/disk-command';
import { ESP, uefiServer } from './testing/server-images';

const missing = ['fsck.fat', 'mkfs.vfat', 'mcopy', 'istat'].filter((program) => !hasProgram(program));
const reason = whyNoImages() ?? (missing.length > 0 ? `${missing.join(', ')} missing` : undefined);
/** Times of FAT have no zone; the tools and the witnesses must agree on one that is not UTC. */
const ZONE = 'Europe/Berlin';
/** Letters last for one command. */
const LETTER = '(echo select volume 0& echo assign letter=S) | diskpart > nul';

describe.skipIf(reason !== undefined)(
  `FAT volumes of disk images${reason ? ` (${reason})` : ''}`,
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'fat-'));
    let pristine: Uint8Array;
    const zone = process.env['TZ'];
    beforeAll(async () => {
      process.env['TZ'] = ZONE;
      pristine = await uefiServer(folder);
    });
    afterAll(() => {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
      rmSync(folder, { recursive: true, force: true });
    });

    function server(name: string): string {
      const image = join(folder, `${name}.img`);
      writeFileSync(image, pristine);
      return image;
    }

    /** The EFI system partition as a file, for programs that no one here wrote. */
    function systemPartition(image: string): string {
      const file = `${image}.esp`;
      const start = ESP.startSector * 512;
      writeFileSync(file, readFileSync(image).subarray(start, start + (ESP.sizeMiB << 20)));
      return file;
    }
    const run = (program: string, ...words: string[]) =>
      execFileSync(program, words, { encoding: 'utf8', env: { ...process.env, TZ: ZONE } });
    const requireSound = (volume: string) => {
      const said = run('fsck.fat', '-n', '-v', volume);
      expect(said).not.toMatch(/wrong|differences|dirty|lost|bad|free cluster summary.*\n.*set/i);
    };
    /** Seconds since 1970 of a time that `istat` prints without a zone's offset. */
    const times = (volume: string, path: string) => {
      const entry = run('fls', '-r', '-p', '-f', 'fat32', volume).match(
        new RegExp(`^r/r (\\d+):\\t${path.replaceAll('.', '\\.')}$`, 'm'),
      )![1]!;
      const facts = run('istat', '-f', 'fat32', volume, entry);
      return Object.fromEntries(
        ['Written', 'Created'].map((kind) => {
          const text = facts.match(new RegExp(`^${kind}:\\t(\\S+ \\S+)`, 'm'))![1]!;
          return [kind, new Date(text.replace(' ', 'T')).getTime() / 1000];
        }),
      );
    };

    it('get boot files of bcdboot with the right names, dates and free space', async () => {
      const image = server('bcdboot');
      const before = Math.floor(Date.now() / 1000);
      const made = await typed(
        folder,
        [image],
        'md C:\\Windows\\Boot\\EFI\\de-DE',
        'echo manager> C:\\Windows\\Boot\\EFI\\bootmgfw.efi',
        'echo text> C:\\Windows\\Boot\\EFI\\de-DE\\bootmgfw.efi.mui',
        'exit',
      );
      expect(made.code).toBe(0);
      const { code, output } = await tool(folder, [image], ['bcdboot', 'C:\\Windows', '/f', 'UEFI']);
      expect({ code, output }).toEqual({ code: 0, output: 'Boot files successfully created.\n' });
      const after = Math.ceil(Date.now() / 1000);
      const volume = systemPartition(image);
      requireSound(volume);
      const { Written, Created } = times(volume, 'EFI/Microsoft/Boot/BCD');
      // FAT counts in steps of two seconds.
      for (const time of [Written!, Created!]) {
        expect(time).toBeGreaterThanOrEqual(before - 2);
        expect(time).toBeLessThanOrEqual(after);
      }
      expect(run('mdir', '-i', volume, '::EFI/Microsoft')).toMatch(/^BOOT +<DIR>.*Boot$/m);
    });

    it('get 8.3 and long names as Windows makes them, attributes, and times of copied files', async () => {
      const image = server('names');
      const { code, errors } = await typed(
        folder,
        [image],
        'cd /d C:\\',
        'echo some text> "C:\\A longer name.text"',
        LETTER,
        'copy C:\\Users\\Administrator\\hello.txt S:\\EFI\\hello.txt',
        'copy "C:\\A longer name.text" S:\\EFI',
        'echo upper> S:\\EFI\\UPPER.TXT',
        'echo both> S:\\EFI\\Mixed.Txt',
        'md S:\\EFI\\a.folder\\below',
        'ren S:\\EFI\\UPPER.TXT "Now with blanks.txt"',
        'attrib +h +s S:\\EFI\\Mixed.Txt',
        'copy S:\\EFI\\hello.txt C:\\back.txt',
        'dir /a S:\\EFI',
        'exit',
      );
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      const volume = systemPartition(image);
      requireSound(volume);
      const listed = run('mdir', '-a', '-i', volume, '::EFI');
      expect(listed).toMatch(/^hello +txt +7 /m);
      expect(listed).toMatch(/^ALONGE~1 TEX +11 .* {2}A longer name\.text$/m);
      expect(listed).toMatch(/^NOWWIT~1 TXT +7 .* {2}Now with blanks\.txt$/m);
      expect(listed).toMatch(/^MIXED +TXT +6 .* {2}Mixed\.Txt$/m);
      expect(listed).toMatch(/^A~1 +FOL +<DIR>|^A(~1)? +(FOL) +<DIR>/m);
      expect(run('mattrib', '-i', volume, '::EFI/Mixed.Txt')).toMatch(/^ *A *S *H /m);
      expect(listed).not.toContain('UPPER');
    });

    it('show their labels, and have no letter', async () => {
      const image = server('label');
      const { output } = await tool(folder, [image], ['diskpart'], 'list volume\r\n');
      expect(output).toMatch(/Volume 0 {9}SYSTEM {7}FAT32 {2}Partition {5}40 MB {2}Healthy {4}System/);
    });

    it('are not changed by looking, nor with --read-only', async () => {
      const image = server('looking');
      const before = digest(image);
      const looked = await typed(folder, [image], LETTER, 'dir S:\\ /s', 'bcdedit', 'exit');
      expect(looked.output).toContain('bootmgfw.efi');
      const script = `${LETTER}\r\necho no> S:\\no.txt\r\ndel /q S:\\EFI\\Microsoft\\Boot\\BCD\r\nexit\r\n`;
      const refused = await tool(folder, [image], ['cmd', '--read-only'], script);
      expect(refused.errors.match(/Access is denied\./g)).toHaveLength(2);
      expect(digest(image)).toBe(before);
    });

    it('keep the time of a file that is copied from, to and within them', async () => {
      const image = server('times');
      const old = join(folder, 'old.txt');
      writeFileSync(old, 'old\r\n');
      const when = new Date('2001-07-08T13:14:16+02:00');
      utimesSync(old, when, when);
      run('mcopy', '-m', '-i', `${image}@@${ESP.startSector * 512}`, old, '::old.txt');
      const { output, errors } = await typed(
        folder,
        [image],
        LETTER,
        'copy S:\\old.txt C:\\there.txt',
        'copy C:\\there.txt S:\\back.txt',
        'copy S:\\old.txt S:\\EFI\\within.txt',
        'dir C:\\there.txt',
        'exit',
      );
      expect(errors).toBe('');
      expect(output).toMatch(/^07\/08\/2001 {2}01:14 PM +5 there\.txt$/m);
      const volume = systemPartition(image);
      const seconds = when.getTime() / 1000;
      expect(times(volume, 'back.txt')['Written']).toBe(seconds);
      expect(times(volume, 'EFI/within.txt')['Written']).toBe(seconds);
    });

    it('say that they are full, and stay sound', async () => {
      const image = server('full');
      const place = `${image}@@${ESP.startSector * 512}`;
      const free = Number(
        run('mdir', '-i', place, '::')
          .match(/([\d ]+) bytes free/)![1]!
          .replaceAll(' ', ''),
      );
      const filler = join(folder, 'filler');
      writeFileSync(filler, '');
      truncateSync(filler, free - 2048);
      run('mcopy', '-i', place, filler, '::filler');
      const { errors } = await typed(
        folder,
        [image],
        LETTER,
        'copy C:\\Windows\\System32\\config\\SYSTEM S:\\SYSTEM',
        'del S:\\SYSTEM',
        'md S:\\1\\2\\3\\4\\5',
        'exit',
      );
      expect(errors).toBe('There is not enough space on the disk.\n'.repeat(2));
      requireSound(systemPartition(image));
    });
  },
);
