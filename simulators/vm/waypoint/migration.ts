import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ListeningSocket } from '../listening-socket';
import type { MachineParts } from '../machine-parts';
import type { QmpClient } from '../qmp/qmp-client';
import { withDeadline } from '../with-deadline';

/** Device states are under a megabyte; what takes time is a busy host (ms). */
const migrationDeadline = 60_000;

/**
 * Saves the state of the paused machine's devices to a file; RAM that is shared stays where it is
 * (`x-ignore-shared`). QEMU writes to a socket of ours, so that the end of the file is certain.
 */
export async function saveDeviceState(parts: MachineParts, socketPath: string, file: string): Promise<void> {
  const { qmp } = parts;
  await enableCapabilities(parts);
  using socket = await ListeningSocket.listen(socketPath);
  const written = socket.connection.then((stream) =>
    pipeline(stream, createWriteStream(file, { mode: 0o600 })),
  );
  written.catch(() => {}); // awaited below, after QEMU's own verdict
  const migrated = migrationEnd(qmp, 'the state of the devices to be saved');
  await qmp.execute('migrate', { uri: `unix:${socketPath}` });
  await completed(parts, migrated, 'saved');
  await withDeadline(written, migrationDeadline, (waited) =>
    parts.failure(`QEMU reported the state saved, and did not finish sending it within ${waited}.`),
  );
}

/** Loads what `saveDeviceState` wrote into a machine that waits for it. */
export async function loadDeviceState(parts: MachineParts, file: string): Promise<void> {
  const { qmp } = parts;
  await enableCapabilities(parts);
  const migrated = migrationEnd(qmp, 'the saved state to be loaded');
  await qmp.execute('migrate-incoming', { uri: `exec:cat '${file.replaceAll("'", `'\\''`)}'` });
  await completed(parts, migrated, 'loaded');
}

async function enableCapabilities(parts: MachineParts): Promise<void> {
  const { qmp } = parts;
  const known = await qmp.execute('query-migrate-capabilities');
  for (const wanted of ['x-ignore-shared', 'events']) {
    if (!known.some(({ capability }) => capability === wanted)) {
      throw await parts.failure(
        `This QEMU has no migration capability "${wanted}", so it can keep no waypoints: run with them switched off.`,
      );
    }
  }
  await qmp.execute('migrate-set-capabilities', {
    capabilities: [
      { capability: 'x-ignore-shared', state: true },
      { capability: 'events', state: true },
    ],
  });
}

function migrationEnd(qmp: QmpClient, what: string) {
  return qmp.once('MIGRATION', {
    deadline: migrationDeadline,
    what,
    where: ({ data }) => data['status'] === 'completed' || data['status'] === 'failed',
  });
}

async function completed(
  parts: MachineParts,
  end: ReturnType<typeof migrationEnd>,
  verb: string,
): Promise<void> {
  const { data } = await end;
  if (data['status'] === 'completed') return;
  const reason = (await parts.qmp.execute('query-migrate'))['error-desc'] ?? 'QEMU gave no reason';
  throw await parts.failure(`The state of the devices could not be ${verb}: ${reason}.`);
}
