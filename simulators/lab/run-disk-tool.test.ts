import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawDisk, type ServerDisk } from '../server';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { readDiskSignature } from './boot-store';
import { runDiskTool } from './run-disk-tool';

describe.skipIf(!qemuAvailable)('a tool on a server’s disk', () => {
  let folder: string;
  let disk: ServerDisk;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-tool-'));
    const image = path.join(folder, 'empty.raw');
    await execa('qemu-img', ['create', '-q', '-f', 'raw', image, '8M']);
    await execa('sfdisk', ['--quiet', image], { input: 'label: dos\nlabel-id: 0x42d9decd\n' });
    disk = await rawDisk(folder, 'system', image);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('changes the disk and answers what was printed', async () => {
    const script = 'select disk 0\nuniqueid disk\nuniqueid disk id=1badb002\nexit\n';
    expect(await runDiskTool([disk], 'diskpart', [], script)).toContain('Disk ID: 42D9DECD');
    expect(await readDiskSignature(disk)).toBe('1badb002');
  });

  it('throws what the tool said when it failed', async () => {
    await expect(runDiskTool([disk], 'bcdedit', ['/enum'])).rejects.toThrow(
      /The tool bcdedit ended with 1 on system: .*could not be opened/s,
    );
  });
});
