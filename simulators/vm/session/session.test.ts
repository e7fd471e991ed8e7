import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { qemuAvailable } from '../testing/qemu-available';
import { processStartTime } from './process-identity';
import { reapStaleSessions } from './reap-stale-sessions';
import { Session } from './session';

// Sessions of its own: nothing here can touch those of others.
const { TMPDIR } = process.env;
const realTmpdir = tmpdir();
let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(realTmpdir, 'rl-test-'));
  process.env['TMPDIR'] = folder;
  root = join(folder, `rescue-lab-${userInfo().uid}`);
});
afterEach(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  rmSync(folder, { recursive: true, force: true });
});

const alive = (pid: number) => processStartTime(pid) !== undefined;
const left = () => readdirSync(root).filter((entry) => entry !== 'addresses');

describe('Session', () => {
  it('makes a private folder and removes it, cleanups first and the last added before the others', async () => {
    const session = Session.start();
    const seen: string[] = [];
    session.addCleanup('one', () => void seen.push('one'));
    session.addCleanup('two', async () => void seen.push(existsSync(session.directory) ? 'two' : 'too late'));
    expect(session.tempDir('a b')).toBe(join(root, session.id, 'a_b-1'));
    await session.dispose();
    expect(seen).toEqual(['two', 'one']);
    expect(left()).toEqual([]);
    await session.dispose();
  });

  it('goes on when a cleanup fails, and reports it', async () => {
    const session = Session.start();
    let ran = false;
    session.addCleanup('the first', () => {
      ran = true;
    });
    session.addCleanup('the plug', () => {
      throw new Error('stuck');
    });
    const failure = await session.dispose().catch((error: AggregateError) => error);
    expect(failure).toMatchObject({
      message: `Session ${session.id} did not end cleanly.`,
      errors: [{ message: 'Cleaning up the plug failed.', cause: { message: 'stuck' } }],
    });
    expect(ran).toBe(true);
    expect(left()).toEqual([]);
  });

  it('gives each address once, and gives them back', async () => {
    await using one = Session.start();
    const other = Session.start();
    const addresses = Array.from({ length: 50 }, (_, index) => (index % 2 ? one : other).allocateAddress());
    expect(new Set(addresses).size).toBe(50);
    for (const address of addresses) expect(address).toMatch(/^127\.\d+\.\d+\.[1-9]\d*$/);
    expect(readdirSync(join(root, 'addresses'))).toHaveLength(50);
    await other.dispose();
    expect(readdirSync(join(root, 'addresses'))).toHaveLength(25);
  });

  it('ends tracked and marked processes, and no other, also not one that has got their number', async () => {
    const session = Session.start();
    const children: ChildProcess[] = [];
    const sleeper = (env: Record<string, string> = {}) => {
      const child = spawn('sleep', ['1000'], { stdio: 'ignore', env: { ...process.env, ...env } });
      children.push(child);
      return child;
    };
    const tracked = sleeper();
    session.trackProcess(tracked);
    const marked = sleeper(session.environment);
    const bystander = sleeper({ RESCUE_LAB_SESSION: `${session.id}0` });
    appendFileSync(join(session.directory, 'processes'), `${bystander.pid} 12345\n`);
    try {
      await Promise.all([session.dispose(), once(tracked, 'exit'), once(marked, 'exit')]);
      expect(alive(bystander.pid ?? 0)).toBe(true);
    } finally {
      for (const child of children) child.kill('SIGKILL');
    }
  });

  it('removes its folder also when a process that was not found has written to it meanwhile', async () => {
    const programs = mkdtempSync(join(folder, 'programs-'));
    // As rm ends when somebody puts a file where it has just been.
    const failOnce = `case "$*" in *.new-*) ;; *) mkdir ${programs}/met 2>/dev/null && exit 1 ;; esac`;
    writeFileSync(join(programs, 'rm'), `#!/bin/sh\n${failOnce}\nexec /bin/rm "$@"\n`, { mode: 0o755 });
    const { PATH } = process.env;
    process.env['PATH'] = `${programs}:${PATH}`;
    try {
      const session = Session.start();
      session.tempDir('profile');
      await session.dispose();
    } finally {
      process.env['PATH'] = PATH;
    }
    expect(existsSync(join(programs, 'met'))).toBe(true);
    expect(left()).toEqual([]);
  });

  it('tracks paths with its id in the last part only', async () => {
    await using session = Session.start();
    expect(() => session.trackPath('/home/somebody')).toThrow(
      `/home/somebody cannot be tracked: its last part must contain the session id ${session.id}.`,
    );
  });

  it('refuses a folder that others can enter', () => {
    mkdirSync(root);
    chmodSync(root, 0o755);
    expect(() => Session.start()).toThrow(
      `${root} is not a private folder of this user (owner ${userInfo().uid}, mode 755): remove it, or set TMPDIR to a folder of your own.`,
    );
  });
});

interface Report {
  readonly id: string;
  readonly directory: string;
  readonly address: string;
  readonly elsewhere: string;
  readonly pids: readonly number[];
}

describe.skipIf(!qemuAvailable)('a run that ends', () => {
  const runners: ChildProcess[] = [];
  afterEach(() => {
    for (const runner of runners.splice(0)) runner.kill('SIGKILL');
  });

  async function startRunner(): Promise<{ runner: ChildProcess; report: Report }> {
    const script = join(__dirname, '../testing/runner.ts');
    const runner = spawn(process.execPath, ['--require', 'ts-node/register', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    runners.push(runner);
    if (!runner.stdout) throw new Error('The runner has no output.');
    for await (const line of createInterface({ input: runner.stdout })) {
      return { runner, report: JSON.parse(line) as Report };
    }
    throw new Error('The runner ended without a report.');
  }

  /** The watcher of a session, by its exact command line. */
  function watcherOf(id: string): number {
    const numbers = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
    const found = numbers.find((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words.includes('--after-stdin') && words.includes(id);
      } catch {
        return false;
      }
    });
    return Number(found);
  }

  function remains({ directory, address, elsewhere, pids }: Report): string[] {
    const paths = [directory, elsewhere].filter((path) => existsSync(path));
    const lock = readdirSync(join(root, 'addresses')).filter((entry) => entry === address);
    return [...paths, ...lock, ...pids.filter(alive).map(String)];
  }

  it('by SIGKILL leaves no QEMU, no other process, no folder and no address', async () => {
    const { runner, report } = await startRunner();
    expect(remains(report)).toHaveLength(5);
    runner.kill('SIGKILL');
    await expect.poll(() => remains(report), { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => watcherOf(report.id), { timeout: 5000 }).toBeNaN();
    expect(left()).toEqual([]);
  });

  it('by Ctrl-C leaves nothing, and the run ends by itself', async () => {
    const { runner, report } = await startRunner();
    runner.kill('SIGINT');
    await once(runner, 'exit');
    expect(remains(report)).toEqual([]);
  });

  it('together with its watcher is cleaned up by the next run, which leaves living sessions alone', async () => {
    const [stale, living] = await Promise.all([startRunner(), startRunner()]);
    process.kill(watcherOf(stale.report.id), 'SIGKILL');
    stale.runner.kill('SIGKILL');
    await once(stale.runner, 'exit');
    expect(remains(stale.report)).toHaveLength(5);
    expect(await reapStaleSessions()).toEqual([stale.report.id]);
    expect(remains(stale.report)).toEqual([]);
    expect(remains(living.report)).toHaveLength(5);
    living.runner.kill('SIGKILL');
    await expect.poll(() => remains(living.report), { timeout: 10_000 }).toEqual([]);
  });
});
