import { describe, expect, it } from 'vitest';
import { ExitCode } from './exit-codes.mjs';
import { aptActivity, installPackages } from './install-packages.mjs';
import type { CommandResult, Run } from './run-command.mjs';

const LIST = 'gcc # compiler\nlz4 # compression\nxvfb # display\n';

/** A host on which only some packages are installed; answers by the first words of a command. */
function host(installed: readonly string[], answers: Record<string, Partial<CommandResult>> = {}) {
  const calls: string[] = [];
  const run: Run = async (command, options) => {
    const line = command.join(' ');
    calls.push(line);
    if (command[0] === 'dpkg-query') {
      const stdout = installed.map((name) => `${name} installed 1\n`).join('');
      return { code: answers['dpkg-query']?.code ?? 1, stdout, stderr: '' };
    }
    const answer = Object.entries(answers).find(([words]) => line.includes(words))?.[1];
    for (const text of answer?.stdout?.split('\n') ?? []) options?.onLine?.(text);
    return { code: 0, stdout: '', stderr: '', ...answer };
  };
  return { calls, run };
}

const install = (run: Run, uid: number, progress: (detail: string) => void = () => undefined) =>
  installPackages({ list: LIST, run, uid, env: { PATH: '/usr/bin' }, progress });

describe('installPackages', () => {
  it('does nothing but ask dpkg when all is there', async () => {
    const { calls, run } = host(['gcc', 'lz4', 'xvfb']);
    expect(await install(run, 1000)).toBe('all 3 there');
    expect(calls).toHaveLength(1);
  });

  it('installs exactly what is missing as root, after reading the index, and says sizes', async () => {
    const { calls, run } = host(['lz4'], {
      ' install ': {
        stdout:
          'Need to get 20.5 MB of archives.\nAfter this operation, 71.2 MB of additional disk space will be used.\nUnpacking gcc (4:12.2.0-3) ...',
      },
    });
    const seen: string[] = [];
    expect(await install(run, 0, (detail) => seen.push(detail))).toBe(
      'installed 2 (20.5 MB to download, 71.2 MB on disk): gcc xvfb',
    );
    expect(calls.at(-2)).toMatch(/^env DEBIAN_FRONTEND=noninteractive apt-get .* update$/);
    expect(calls.at(-1)).toMatch(/ -y --no-install-recommends install gcc xvfb$/);
    expect(seen.at(-1)).toBe('20.5 MB to download, 71.2 MB on disk: unpacking gcc');
  });

  it('uses sudo when it asks no password', async () => {
    const { calls, run } = host([]);
    await install(run, 1000);
    expect(calls.at(-1)).toMatch(/^sudo -n DEBIAN_FRONTEND=noninteractive apt-get .* install gcc lz4 xvfb$/);
  });

  it('uses sudo without variables where the rule allows only apt-get', async () => {
    const { calls, run } = host([], { 'sudo -n DEBIAN_FRONTEND': { code: 1 } });
    await install(run, 1000);
    expect(calls.at(-1)).toMatch(/^sudo -n apt-get .* install /);
  });

  it('says the exact command when this user may not install', async () => {
    const { run } = host(['gcc'], { 'sudo -n': { code: 1, stderr: 'sudo: a password is required' } });
    await expect(install(run, 1000)).rejects.toMatchObject({
      exitCode: ExitCode.packages,
      message:
        '2 Debian packages are missing and this user may not install them without a password. Type this, then start again:\n\n' +
        '    sudo apt-get update && sudo apt-get install -y --no-install-recommends lz4 xvfb\n',
    });
  });

  it('says when this is not Debian', async () => {
    const { run } = host([], { 'dpkg-query': { code: 127 } });
    await expect(install(run, 0)).rejects.toThrow(
      /^This is not a Debian system \(no dpkg-query\), .* gcc lz4 xvfb$/,
    );
  });

  it.each([
    [
      "Temporary failure resolving 'deb.debian.org'",
      ExitCode.offline,
      'The Debian mirror could not be reached; check the network (or the proxy of apt), then start again.',
    ],
    [
      'E: Unable to locate package xvfb',
      ExitCode.packages,
      'apt knows no package xvfb; this project needs the packages of Debian 12: check /etc/apt/sources.list, then start again.',
    ],
    [
      "E: You don't have enough free space in /var/cache/apt/archives/.",
      ExitCode.resources,
      'The disk filled up while apt was installing; free some, then start again.',
    ],
  ])('turns "%s" into a sentence', async (stderr, exitCode, message) => {
    const { run } = host([], { ' install ': { code: 100, stderr } });
    await expect(install(run, 0)).rejects.toMatchObject({ exitCode, message, output: stderr });
  });
});

describe('aptActivity', () => {
  it.each([
    ['Get:3 http://mirror/debian bookworm/main amd64 xvfb amd64 2:21.1 [3,000 kB]', 'fetching xvfb (3)'],
    ['Setting up xvfb (2:21.1.7-3) ...', 'setting up xvfb'],
    ['Reading package lists...', undefined],
  ])('reads %s', (line, activity) => {
    expect(aptActivity(line)).toBe(activity);
  });
});
