/** What servers of one image have for themselves. */
import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { installedAdministrator } from '../images';
import type { SshClient } from '../simulators/workstation';
import { bootDeadline, loginTo, machineOf, makeServer } from './made-server';
import type { RescueWorld } from './world';

/** Between a question for the time and its answer, and what a clock of whole seconds leaves out (ms). */
const CLOCK_TOLERANCE = 15_000;

async function opened(world: RescueWorld, name: string): Promise<SshClient> {
  await makeServer(world, name);
  await machineOf(world).serial.waitFor(/SSH is listening/, {
    what: `the server "${name}" to come up`,
    deadline: bootDeadline,
  });
  return world.ssh(await loginTo(world, installedAdministrator.password));
}

When(
  'she makes the servers {string} and {string}',
  async function (this: RescueWorld, first: string, second: string) {
    this.clients = [await opened(this, first), await opened(this, second)];
  },
);

Then('each of them has an SSH host key of its own', async function (this: RescueWorld) {
  const keys = await Promise.all(this.clients.map((client) => client.hostKey()));
  for (const key of keys) assert.match(key, /^ssh-ed25519 \S+$/);
  assert.equal(new Set(keys).size, this.clients.length, `The servers share a key: ${keys.join(', ')}`);
});

Then('each of them knows what time it is', async function (this: RescueWorld) {
  for (const client of this.clients) {
    const { stdout } = await client.exec('echo %DATE% %TIME%');
    // As `date /t` and `time /t` have it in English (United States): "Sun 11/22/2026 11:45:03.12".
    const [, date, time] = /(\d+\/\d+\/\d+) +(\d+:\d+:\d+)/.exec(stdout) ?? [];
    const told = Date.parse(`${date} ${time} UTC`);
    assert.ok(Math.abs(told - Date.now()) < CLOCK_TOLERANCE, `Its clock says ${stdout.trim()}`);
  }
});
