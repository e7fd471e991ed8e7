import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { processPlace, processStartTime } from './process-identity';
import { sessionVariable } from './session';
import { sessionRoot } from './session-root';

/**
 * Ends what sessions without a living owner left behind and gives back their ids. The watcher does so
 * at once; this is for the case that the watcher was killed too, or the host went down.
 */
export async function reapStaleSessions(): Promise<string[]> {
  const root = sessionRoot();
  const here = processPlace();
  const reaped: string[] = [];
  for (const entry of readdirSync(root)) {
    if (entry === 'addresses') continue;
    const unborn = /^\.new-(\d+)-/.exec(entry)?.[1];
    if (unborn !== undefined) {
      if (processStartTime(Number(unborn)) === undefined)
        rmSync(join(root, entry), { recursive: true, force: true });
      continue;
    }
    if (ownerLives(join(root, entry), here)) continue;
    const { [sessionVariable]: _mark, ...env } = process.env;
    await promisify(execFile)('/bin/sh', [join(__dirname, 'end-session.sh'), root, entry], { env, cwd: '/' });
    reaped.push(entry);
  }
  return reaped;
}

/** In doubt, yes: the session of another container on the same folder cannot be judged from here. */
function ownerLives(directory: string, here: string): boolean {
  try {
    const [bootId, namespace] = here.split(' ');
    const [itsBootId, itsNamespace] = readFileSync(join(directory, 'place'), 'utf8').split(' ');
    if (itsBootId === bootId && itsNamespace !== namespace) return true;
    const [pid, started] = readFileSync(join(directory, 'owner'), 'utf8').trim().split(' ');
    return itsBootId === bootId && processStartTime(Number(pid)) === started;
  } catch {
    return false;
  }
}
