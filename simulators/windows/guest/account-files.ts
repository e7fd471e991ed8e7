import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { AccountSecret } from './accounts';

export interface AccountFiles {
  /** `/etc/passwd`: sshd asks there whether a user exists. */
  readonly passwd: string;
  /** The file that FreeRDP's server checks NLA logins against, or undefined where none runs. */
  readonly rdpSam: string | undefined;
}

const loginShell = '/usr/bin/standin-shell';
/** Marks our lines, so that the next run knows them. */
const comment = 'stand-in account';

/** The spellings that a login may use: as stored and in lower case. Names that a file cannot hold are left out. */
function spellings(name: string): readonly string[] {
  if (/[:\n/]/.test(name)) return [];
  return [...new Set([name, name.toLowerCase()])];
}

/** The lines of other users stay, ours follow: user 0 with the stand-in's shell. */
function passwdText(before: string, accounts: readonly AccountSecret[]): string {
  const others = before.split('\n').filter((line) => line !== '' && line.split(':')[4] !== comment);
  const taken = new Set(others.map((line) => line.split(':')[0]));
  const ours = accounts
    .flatMap(({ name }) => spellings(name))
    .filter((name) => !taken.has(name))
    .map((name) => `${name}:x:0:0:${comment}:/root:${loginShell}`);
  return `${[...others, ...ours].join('\n')}\n`;
}

/**
 * Lines of winpr's SAM file: `User:Domain:LM:NT:::`. Accounts without a password have none, as Windows refuses them over
 * the network, and neither have those that Remote Desktop is not open to.
 */
function rdpSamText(accounts: readonly AccountSecret[]): string {
  return accounts
    .flatMap(({ name, ntHash, remoteDesktop }) =>
      ntHash && remoteDesktop ? spellings(name).map((user) => ({ user, ntHash })) : [],
    )
    .map(({ user, ntHash }) => `${user}:::${Buffer.from(ntHash).toString('hex')}:::\n`)
    .join('');
}

async function replace(path: string, text: string, mode: number): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(temporary, text, { mode });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Error(`The accounts could not be written to ${path}.`, { cause: error });
  }
}

/** Brings both files in line with the accounts. */
export async function writeAccountFiles(
  paths: AccountFiles,
  accounts: readonly AccountSecret[],
): Promise<void> {
  const before = await readFile(paths.passwd, 'utf8').catch(() => 'root:x:0:0:root:/root:/bin/sh\n');
  await replace(paths.passwd, passwdText(before, accounts), 0o644);
  if (paths.rdpSam !== undefined) await replace(paths.rdpSam, rdpSamText(accounts), 0o600);
}
