import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheDirectory } from '../../images';
import { cacheFolder } from './cache-folder.mjs';
import { checkMachine, freeBytes, GIB, userWithoutIds } from './check-machine.mjs';
import { ExitCode } from './exit-codes.mjs';

const machine = {
  cache: '/cache',
  built: false,
  freeDisk: 10 * GIB,
  availableMemory: 8 * GIB,
  unmapped: undefined,
};

describe('checkMachine', () => {
  it('says what is there', () => {
    expect(checkMachine(machine)).toBe('10.0 GiB disk free in /cache (needs 6.0 GiB), 8.0 GiB memory');
  });

  it('stops before a build that would fill the disk', () => {
    expect(() => checkMachine({ ...machine, freeDisk: 5 * GIB })).toThrow(
      expect.objectContaining({
        exitCode: ExitCode.resources,
        message:
          'Too little disk: /cache has 5.0 GiB free and building the images needs 6.0 GiB. ' +
          'Free some, or point RESCUE_LAB_CACHE to a folder on a larger disk.',
      }),
    );
  });

  it('asks for less when the images are there', () => {
    expect(checkMachine({ ...machine, built: true, freeDisk: 5 * GIB })).toContain('needs 1.0 GiB');
  });

  it('stops where guests would be killed for lack of memory', () => {
    expect(() => checkMachine({ ...machine, availableMemory: 2 * GIB })).toThrow(
      'Too little memory: 2.0 GiB available, 3.0 GiB needed.',
    );
  });
});

describe('a user without ids to map', () => {
  const files = (subuid: string, subgid: string) => (file: string) =>
    file === '/etc/subuid' ? subuid : subgid;
  const nadia = { uid: 1000, username: 'nadia' };

  it.each([
    ['root, whatever the files say', { uid: 0, username: 'root' }, '', '', undefined],
    ['one with entries by name', nadia, 'nadia:100000:65536\n', 'nadia:100000:65536\n', undefined],
    ['one with entries by number', nadia, '1000:100000:65536\n', '1000:100000:65536\n', undefined],
    ['one that only others are like', nadia, 'nadia2:1:1\n', 'nadia2:1:1\n', 'nadia'],
    ['one with half of it', nadia, 'nadia:100000:65536\n', '', 'nadia'],
  ])('is not, or is: %s', (_which, user, subuid, subgid, answer) => {
    expect(userWithoutIds(user, files(subuid, subgid))).toBe(answer);
  });

  it('is told what to type before anything is downloaded, unless the images are there', () => {
    expect(() => checkMachine({ ...machine, unmapped: 'nadia' })).toThrow(
      'sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 nadia',
    );
    expect(checkMachine({ ...machine, unmapped: 'nadia', built: true })).toContain('disk free');
  });
});

describe('freeBytes', () => {
  it('looks at the nearest folder that exists', () => {
    expect(freeBytes('/nowhere/at/all')).toBeGreaterThan(0);
  });
});

describe('cacheFolder', () => {
  it.each([
    [{ RESCUE_LAB_CACHE: '/a' }, '/a'],
    [{ XDG_CACHE_HOME: '/b' }, '/b/rescue-lab'],
    [{ RESCUE_LAB_CACHE: '', XDG_CACHE_HOME: '/b' }, '/b/rescue-lab'],
    [{ RESCUE_LAB_CACHE: '', XDG_CACHE_HOME: '' }, join(homedir(), '.cache/rescue-lab')],
    [{}, join(homedir(), '.cache/rescue-lab')],
  ])('%o is %s, for the set-up and for the image store', (environment, folder) => {
    expect(cacheFolder(environment)).toBe(folder);
    expect(cacheDirectory(environment)).toBe(folder);
  });
});
