import { read } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { linuxBlockDevices, runCommand } from '../host';
import { rehearse } from './rehearsal';

/** The boot goes on after that time in any case; the rehearsal takes 10 to 20 s under emulation (ms). */
const longestMs = 90_000;

/** How the boot manager starts a service ahead of its system (images/files/start-ahead.sh). */
export interface AheadOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called when nothing is left to do without the system's disk. */
  readonly onReady: () => void;
  readonly log: (sentence: string) => void;
}

/**
 * A service that is started ahead of its system, at a moment from which many machines go on, rehearses everything, says so,
 * and waits for the word that its system is the one to start. Answers whether it was.
 */
export async function waitForSystem({ environment, onReady, log }: AheadOptions): Promise<boolean> {
  const descriptor = Number(environment['STANDIN_WORD_FD'] ?? -1);
  if (descriptor < 0) return false;
  const late = delay(longestMs, undefined, { ref: false }).then(() => log('The rehearsal takes too long.'));
  await Promise.race([rehearseAll(), late]).catch((error: unknown) => log(`Not rehearsed: ${String(error)}`));
  collectGarbage();
  onReady();
  await promisify(read)(descriptor, Buffer.alloc(64), 0, 64, null);
  return true;
}

async function rehearseAll(): Promise<void> {
  await rehearse({
    run: () => runCommand('true', []),
    openDevice: linuxBlockDevices.open,
  });
  await (await import('./screen-part.js')).rehearseScreen();
}

/** What the rehearsal has left behind would be looked through by the machines that go on from here. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
