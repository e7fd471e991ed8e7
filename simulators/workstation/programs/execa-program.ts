import { execa } from 'execa';
import type { RunningProgram } from './programs';

/** After this time (ms) a program that ignores SIGTERM is killed. */
const KILL_AFTER = 3000;

/** The Debian packages of the programs that a workstation needs. */
const PACKAGES: Readonly<Record<string, string>> = {
  ssh: 'openssh-client',
  xfreerdp: 'freerdp2-x11',
  Xvfb: 'xvfb',
  chromium: 'chromium',
  docker: 'docker.io',
  openstack: 'python3-openstackclient',
  nova: 'python3-novaclient',
};

/** Starts a program on this host. `stop` is called to end it; without it, SIGTERM does. */
export function startWithExeca(
  file: string,
  programArguments: readonly string[],
  environment: Readonly<Record<string, string>>,
  stop?: () => Promise<void>,
): RunningProgram {
  const child = execa(file, programArguments, {
    env: environment,
    reject: false,
    buffer: false,
    stdin: 'pipe',
    forceKillAfterDelay: KILL_AFTER,
  });
  let over = false;
  const ended = child.then(({ exitCode, code, cause }) => {
    over = true;
    if (code !== 'ENOENT') return { exitCode };
    const hint = PACKAGES[file] ? ` Install the package ${PACKAGES[file]}.` : '';
    throw new Error(`The program ${file} is not installed.${hint}`, { cause });
  });
  ended.catch(() => {}); // Whoever waits for the end gets the error; nobody has to wait.
  child.stdin.on('error', () => {}); // The program ended while input was being written: its end tells.
  const end = async () => {
    if (over) return;
    await stop?.();
    child.kill('SIGTERM');
    await ended.catch(() => {});
  };
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    stop: end,
    [Symbol.asyncDispose]: end,
  };
}
