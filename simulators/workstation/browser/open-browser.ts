import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import type { Programs, RunningProgram } from '../programs/programs';
import { chromiumFlags } from './chromium-flags';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const START_DEADLINE = 60_000;

/** A browser with a profile of its own. Use `browser` as with Playwright; disposing this ends it. */
export interface CustomerBrowser extends AsyncDisposable {
  readonly browser: Browser;
}

/** Opens a headless Chromium where the programs run. `folder` is new, below the programs' directory. */
export async function openBrowser(programs: Programs, folder: string): Promise<CustomerBrowser> {
  return programs.kind === 'host' ? launch(programs) : attach(programs, folder);
}

async function launch(programs: Programs): Promise<CustomerBrowser> {
  const given = process.env['RESCUE_LAB_CHROMIUM'];
  const executablePath = given ?? PATHS.find((path) => existsSync(path));
  if (executablePath === undefined)
    throw new Error(
      `No browser found (${PATHS.join(', ')}). Install chromium, or name one in RESCUE_LAB_CHROMIUM.`,
    );
  const browser = await chromium.launch({
    executablePath,
    args: chromiumFlags(process.getuid?.() === 0),
    env: { ...definedEnvironment(), ...programs.environment },
  });
  return { browser, [Symbol.asyncDispose]: () => browser.close() };
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** In a container the browser is started like any program, and spoken to over its debugging port. */
async function attach(programs: Programs, folder: string): Promise<CustomerBrowser> {
  const program = programs.start({
    file: 'chromium',
    arguments: [
      ...chromiumFlags(true),
      ...['--headless=new', '--remote-debugging-address=127.0.0.1', '--remote-debugging-port=0'],
      `--user-data-dir=${join(programs.directory, folder)}`,
    ],
  });
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(program));
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
