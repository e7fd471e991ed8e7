import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { placeLabel, rootLabel, sessionLabel } from './container-labels';
import { processPlace } from './process-identity';
import { sessionRoot } from './session-root';

const run = promisify(execFile);

/** An engine that needs longer (ms) hangs. */
const DEADLINE = 30_000;

/**
 * Removes the containers of this user's sessions that are gone with all their notes, as after a crash of a host that
 * empties its temporary folder when it starts. What a session's folder still knows of, `reapStaleSessions` ends.
 * @param engine where the engine listens, as `docker --host` takes it
 * @returns the ids of the removed containers
 */
export async function reapStaleContainers(engine: string): Promise<string[]> {
  const root = sessionRoot();
  const format = `{{.ID}}\t{{.Label "${sessionLabel}"}}\t{{.Label "${placeLabel}"}}`;
  const filter = `label=${rootLabel}=${root}`;
  const docker = (...words: string[]) => run('docker', ['--host', engine, ...words], { timeout: DEADLINE });
  const { stdout } = await docker('ps', '--all', '--no-trunc', '--filter', filter, '--format', format);
  const stale = stdout
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([id, session, place]) => id && session && !existsSync(join(root, session)) && isHere(place))
    .map(([id = '']) => id);
  if (stale.length > 0) await docker('rm', '--force', '--volumes', ...stale);
  return stale;
}

/** In doubt, no: the folder of a session in another container on the same engine cannot be seen from here. */
function isHere(place = ''): boolean {
  const [itsBootId, itsNamespace] = place.split(' ');
  const [bootId, namespace] = processPlace().split(' ');
  return itsBootId !== bootId || itsNamespace === namespace;
}
