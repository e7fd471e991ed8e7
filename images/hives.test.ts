import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { windowsProfiles } from '../simulators/windows/profiles';
import { writeHiveBackups, writeHives } from './hives';

describe('the copies that Windows keeps of its hives', () => {
  let windows: string;
  const config = () => path.join(windows, 'System32/config');
  const install = async (id: keyof typeof windowsProfiles) => {
    const profile = windowsProfiles[id];
    await mkdir(config(), { recursive: true });
    await writeHives(config(), { profile, hostName: 'CUSTOMER', accounts: [], volumes: [] });
    await writeHiveBackups(windows, profile);
  };
  beforeEach(async () => {
    windows = await mkdtemp(path.join(os.tmpdir(), 'rescue-lab-hives-'));
  });
  afterEach(() => rm(windows, { recursive: true }));

  it('lie in RegBack', async () => {
    await install('windows-server-2008-r2');
    const copies = await readdir(path.join(config(), 'RegBack'));
    expect(copies.sort()).toEqual(['SAM', 'SOFTWARE', 'SYSTEM']);
    const copy = await readFile(path.join(config(), 'RegBack/SYSTEM'));
    expect(copy.equals(await readFile(path.join(config(), 'SYSTEM')))).toBe(true);
  });

  it('are empty files from Windows 10 1803 on', async () => {
    await install('windows-server-2019');
    expect(await readFile(path.join(config(), 'RegBack/SYSTEM'))).toHaveLength(0);
  });

  it('lie in another folder in Windows Server 2003', async () => {
    await install('windows-server-2003');
    expect((await readdir(path.join(windows, 'repair'))).sort()).toEqual(['sam', 'software', 'system']);
    expect(await readdir(config())).not.toContain('RegBack');
  });
});
