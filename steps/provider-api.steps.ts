import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Given, Then, When } from '@cucumber/cucumber';
import { runSecrets } from '../simulators/evidence';
import { type OvhClient, ovhClient } from '../simulators/provider';
import { chooseNetboot, mailedPassword } from './ovh-customer';
import type { RescueWorld } from './world';

const rescueAddress = 'nadia@customer.example';
/** From the order to a working login when nothing is saved yet: a walk through two boots (ms). */
const rescueDeadline = 300_000;
/** How often a customer's program asks for its task (ms); the real ones take 10 s and more. */
const askAgain = 250;

Given("the Windows rescue system is chosen for Nadia's server", async function (this: RescueWorld) {
  await this.startLab({ families: ['ovh'] });
  await chooseNetboot(programOf(this), pathOf(this), 'rescue-customer-windows', rescueAddress);
});

When(
  'her program finds the netboot {string}, chooses it with her rescue address and asks for a hard reboot',
  async function (this: RescueWorld, kernel: string) {
    await chooseNetboot(programOf(this), pathOf(this), kernel, rescueAddress);
    await askForHardReboot(this);
  },
);

When('she asks for a hard reboot', async function (this: RescueWorld) {
  await askForHardReboot(this);
});

When(
  'her program sets the netboot back to the disk and asks for a hard reboot',
  async function (this: RescueWorld) {
    this.lab.ovh.expectBootFromDisk();
    await chooseNetboot(programOf(this), pathOf(this), 'hd', rescueAddress);
    await askForHardReboot(this);
  },
);

Then('the task of the hard reboot is done', async function (this: RescueWorld) {
  const client = programOf(this);
  const until = performance.now() + rescueDeadline;
  for (;;) {
    const task = (await client.get(`${pathOf(this)}/task/${this.taskId}`)) as {
      status: string;
      comment: string;
    };
    if (task.status === 'done') {
      return;
    }
    assert.ok(
      ['todo', 'init', 'doing'].includes(task.status) && performance.now() < until,
      `The task ${this.taskId} is "${task.status}" after ${rescueDeadline / 1000} s at most. ${task.comment ?? ''}`,
    );
    await pause(askAgain);
  }
});

Then(
  'the firmware fetches the boot script, the kernel and the rescue images over HTTP',
  async function (this: RescueWorld) {
    await this.lab.ovh.provider.events.waitFor('ready', () => true, {
      signal: AbortSignal.timeout(rescueDeadline),
    });
    const fetched = this.exchanges.filter(({ status }) => status === 200).map(({ path }) => path);
    const files = '/files/rescue-customer-windows';
    for (const path of ['/boot.ipxe', `${files}/kernel`, `${files}/initrd.0`, `${files}/rescue.squashfs`]) {
      assert.ok(fetched.includes(path), `${path} was never fetched; these were: ${fetched.join(', ')}`);
    }
  },
);

Then(
  'a mail at her rescue address links to the password of {string}',
  async function (this: RescueWorld, user: string) {
    const { inbox } = this.lab.ovh.provider;
    const password = await mailedPassword(inbox, rescueAddress, AbortSignal.timeout(60_000));
    runSecrets.add(password);
    const { address, ports } = this.lab.ovh.machine.options;
    this.rescue = { host: address, port: ports.ssh, user, password };
  },
);

async function askForHardReboot(world: RescueWorld): Promise<void> {
  world.serialMark = world.lab.ovh.machine.serial.mark();
  const task = (await programOf(world).post(`${pathOf(world)}/reboot`)) as { taskId: number };
  world.taskId = task.taskId;
}

/** The customer's program: the real `ovh` npm client with signed requests. */
function programOf(world: RescueWorld): OvhClient {
  const { applicationKey, applicationSecret, consumerKey, endpoint } = world.lab.ovh.provider;
  return ovhClient({ appKey: applicationKey, appSecret: applicationSecret, consumerKey, endpoint });
}

function pathOf(world: RescueWorld): string {
  return `/dedicated/server/${world.lab.ovh.machine.options.name}`;
}
