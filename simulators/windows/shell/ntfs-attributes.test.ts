import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemPrograms } from '../tools';
import { MemoryHost } from './testing/memory-host';
import { runCommand } from './testing/run';

/** A real NTFS volume needs root, FUSE, the NTFS programs and Debian's package `attr`. */
const canMount =
  process.getuid?.() === 0 &&
  ['/dev/fuse', '/usr/bin/ntfs-3g', '/usr/sbin/mkntfs', '/usr/bin/getfattr', '/usr/bin/setfattr'].every(
    (path) => existsSync(path),
  );

describe.skipIf(!canMount)('attributes on a real NTFS volume', () => {
  let folder: string;
  let host: MemoryHost;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attributes-'));
    const image = join(folder, 'volume');
    await writeFile(image, '');
    await truncate(image, 8 << 20);
    execFileSync('mkntfs', ['-F', '-Q', '-q', '-s', '512', '-p', '0', image], { stdio: 'ignore' });
    const mountPoint = join(folder, 'd');
    await mkdir(mountPoint);
    execFileSync('ntfs-3g', ['-o', 'windows_names,streams_interface=windows', image, mountPoint]);
    host = new MemoryHost([
      {
        volumes: [
          { letter: 'C', mountPoint: folder },
          { letter: 'D', mountPoint },
        ],
      },
    ]);
  });
  afterEach(async () => {
    execFileSync('umount', [join(folder, 'd')]);
    await rm(folder, { recursive: true, force: true });
  });

  const run = (command: string) => runCommand({ host, programs: systemPrograms(async () => []) }, command);

  it('are shown, set and taken away by attrib, and heeded by ren', async () => {
    await run('echo x > D:\\bcd & echo y > "D:\\a #é b.txt" & md D:\\boot');
    expect((await run('attrib D:\\*')).output).toBe(
      `A${' '.repeat(20)}D:\\a #é b.txt\r\nA${' '.repeat(20)}D:\\bcd\r\n`,
    );
    expect(await run('attrib +r +s +h D:\\bcd')).toEqual({ exitCode: 0, output: '', errors: '' });
    expect((await run('attrib D:\\bcd')).output).toBe(`A  SHR${' '.repeat(15)}D:\\bcd\r\n`);
    expect((await run('dir /b D:\\')).output).toBe('a #é b.txt\r\nboot\r\n');
    expect((await run('ren D:\\bcd bcd.old')).errors).toBe('The system cannot find the file specified.\r\n');
    expect((await run('attrib D:\\bcd -h')).output).toBe('Not resetting system file - D:\\bcd\r\n');
    expect(await run('attrib D:\\bcd -r -s -h & ren D:\\bcd bcd.old & attrib D:\\bcd.old')).toEqual({
      exitCode: 0,
      output: `A${' '.repeat(20)}D:\\bcd.old\r\n`,
      errors: '',
    });
    // ntfs-3g's own view, without this code.
    const seen = execFileSync('getfattr', [
      '--absolute-names',
      ...['-n', 'system.ntfs_attrib_be', '-e', 'hex', join(folder, 'd/bcd.old')],
    ]);
    expect(seen.toString()).toContain('system.ntfs_attrib_be=0x00000020');
  });

  it('of folders are set as well', async () => {
    await run('md D:\\boot & attrib +h D:\\boot');
    expect((await run('dir /b /ad D:\\')).output).toBe('boot\r\n');
    expect((await run('dir /b D:\\')).errors).toBe('File Not Found\r\n');
  });
});

describe('a volume that keeps no attributes', () => {
  it('shows files as archived and refuses a change', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'attributes-'));
    try {
      await writeFile(join(folder, 'x'), '');
      const plain = new MemoryHost([{ volumes: [{ letter: 'C', mountPoint: folder }] }], '6.1.7601');
      const programs = systemPrograms(async () => []);
      expect((await runCommand({ host: plain, programs }, 'attrib C:\\x')).output).toBe(
        `A${' '.repeat(12)}C:\\x\r\n`,
      );
      expect(await runCommand({ host: plain, programs }, 'attrib +h C:\\x')).toEqual({
        exitCode: 1,
        output: 'The request is not supported.\r\n',
        errors: '',
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
