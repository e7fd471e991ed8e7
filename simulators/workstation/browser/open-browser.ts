import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import type { Programs, RunningProgram } from '../programs/programs';
import { chromiumFlags } from './chromium-flags';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const START_DEADLINE = 60_000;
/** Of `sun_path` in unix(7), with the byte 0 at its end. */
const SOCKET_PATH_BYTES = 108;

/** A browser with a profile of its own. Use `browser` as with Playwright; disposing this ends it. */
export interface CustomerBrowser extends AsyncDisposable {
  readonly browser: Browser;
}

/**
 * Opens a headless Chromium where the programs run, started like any of them and spoken to over its debugging port, so
 * that everything it writes lies in `folder`: new, below the programs' directory, and gone with it, however a run ends.
 */
export async function openBrowser(programs: Programs, folder: string): Promise<CustomerBrowser> {
  const directory = join(programs.directory, folder);
  await mkdir(directory);
  const program = programs.start({
    file: programs.kind === 'host' ? installedBrowser() : 'chromium',
    arguments: [
      ...chromiumFlags(programs.kind === 'container' || process.getuid?.() === 0),
      ...['--headless=new', '--remote-debugging-address=127.0.0.1', '--remote-debugging-port=0'],
      // connectOverCDP waits for every page that is there, and the start page's first load can stay out for good.
      '--no-startup-window',
      `--user-data-dir=${join(directory, 'profile')}`,
    ],
    environment: temporaryFolder(programs.directory),
  });
  try {
    const address = await debuggingAddress(program);
    const browser = await chromium.connectOverCDP(address, { artifactsDir: join(directory, 'artifacts') });
    return {
      browser,
      async [Symbol.asyncDispose]() {
        await browser.close();
        await program.stop();
      },
    };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

/**
 * Chromium makes a folder with a socket in TMPDIR, and ends at once where the socket's path is too long: in a session
 * folder that lies deep, the socket's stays outside of it.
 */
function temporaryFolder(directory: string): { TMPDIR?: string } {
  return join(directory, 'org.chromium.Chromium.XXXXXX/SingletonSocket').length < SOCKET_PATH_BYTES
    ? { TMPDIR: directory }
    : {};
}

function installedBrowser(): string {
  const found = process.env['RESCUE_LAB_CHROMIUM'] ?? PATHS.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    `No browser found (${PATHS.join(', ')}). Install chromium, or name one in RESCUE_LAB_CHROMIUM.`,
  );
}

function debuggingAddress(program: RunningProgram): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (how: string) =>
      reject(new Error(`Chromium ${how} before it offered its debugging port. It said: ${said.trim()}`));
    const timer = setTimeout(() => fail(`needed more than ${START_DEADLINE} ms`), START_DEADLINE);
    program.stdout.resume();
    program.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    program.ended.then(
      () => {
        clearTimeout(timer);
        fail('ended');
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
