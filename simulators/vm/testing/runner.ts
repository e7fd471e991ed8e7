/**
 * A run of the lab for tests that end it: starts a session with a machine, a child of its own, an address and
 * a folder elsewhere, says what it has in one line of JSON, and stays.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Session } from '../session/session';
import { startMachine } from '../start-machine';
import { tinyGuestBootSector } from '../tiny-guest/tiny-guest';

async function run(): Promise<void> {
  const session = Session.start();
  const elsewhere = join(process.argv[2] ?? '', `elsewhere-${session.id}`);
  session.trackPath(elsewhere);
  mkdirSync(elsewhere);
  const child = spawn('sleep', ['1000'], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, ...session.environment },
  });
  const path = join(session.tempDir('disk'), 'boot.img');
  await writeFile(path, Buffer.concat([tinyGuestBootSector(), Buffer.alloc(1024 * 1024)]));
  const machine = await startMachine(
    {
      name: 'tiny',
      cpus: 1,
      memoryMiB: 32,
      firmware: 'bios',
      disks: [{ id: 'boot', path, format: 'raw', interface: 'virtio', readOnly: true }],
    },
    { session, accelerator: { kind: 'tcg', reason: 'tests' } },
  );
  process.once('SIGINT', () => void session.dispose());
  const { id, directory } = session;
  const report = {
    id,
    directory,
    address: session.allocateAddress(),
    elsewhere,
    pids: [machine.pid, child.pid],
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

run().catch((error) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
