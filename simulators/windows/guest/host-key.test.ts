import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newHostKey, prepareHostKey } from './host-key';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'host-key-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const kept = () => join(folder, 'ssh/ssh_host_ed25519_key');
const used = () => join(folder, 'used');
const read = (path: string) => readFile(path, 'utf8');
/** The public half as OpenSSH works it out of the private one. */
const publicHalf = async (path: string) =>
  (await execa('ssh-keygen', ['-y', '-P', '', '-f', path])).stdout.trim();

describe('the SSH host key', () => {
  it('is one that OpenSSH reads, for the eyes of sshd only', async () => {
    await prepareHostKey(kept(), used());
    expect((await stat(used())).mode & 0o777).toBe(0o600);
    expect(await publicHalf(used())).toBe((await read(`${kept()}.pub`)).trim());
    const listed = await execa('ssh-keygen', ['-l', '-f', used()]);
    expect(listed.stdout).toMatch(/^256 SHA256:\S+ .*\(ED25519\)$/);
  });

  it('stays the same over restarts', async () => {
    await prepareHostKey(kept(), used());
    const first = await read(used());
    await rm(used());
    await prepareHostKey(kept(), used());
    expect(await read(used())).toBe(first);
    expect((await readdir(join(folder, 'ssh'))).sort()).toEqual([
      'ssh_host_ed25519_key',
      'ssh_host_ed25519_key.pub',
    ]);
  });

  it('is the one that ssh-keygen has left there', async () => {
    await prepareHostKey(kept(), used());
    await rm(kept());
    await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'somebody', '-f', kept()], {
      input: 'y\n',
    });
    await prepareHostKey(kept(), used());
    expect(await read(used())).toBe(await read(kept()));
  });

  it.each([
    ['garbage', () => 'no key'],
    ['half of it', (key: string) => key.slice(0, key.length / 2)],
    ['another key in the middle', (key: string) => spliced(key, newHostKey().privateText)],
  ])('is made anew where %s is kept', async (_what, damage) => {
    await prepareHostKey(kept(), used());
    const damaged = damage(await read(used()));
    await writeFile(kept(), damaged);
    await prepareHostKey(kept(), used());
    expect(await read(used())).not.toBe(damaged);
    expect(await publicHalf(used())).toBe((await read(`${kept()}.pub`)).trim());
    expect(await read(kept())).toBe(await read(used()));
  });

  it('is another one each time, and there also where nothing can be kept', async () => {
    const nowhere = join(folder, 'file/ssh/key');
    await writeFile(join(folder, 'file'), '');
    await prepareHostKey(nowhere, used());
    const first = await publicHalf(used());
    await prepareHostKey(nowhere, used());
    expect(await publicHalf(used())).not.toBe(first);
  });

  it('is read by OpenSSH whatever its bytes are', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const { privateText, publicText } = newHostKey();
      await rm(used(), { force: true });
      await writeFile(used(), privateText, { mode: 0o600 });
      expect(await publicHalf(used())).toBe(publicText.trim());
    }
  });
});

/** The first key's lines with one of the second's: both halves are there, and do not belong together. */
function spliced(one: string, other: string): string {
  const lines = one.split('\n');
  lines[4] = other.split('\n')[4]!;
  return lines.join('\n');
}
