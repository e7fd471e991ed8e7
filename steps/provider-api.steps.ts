import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import {
  askForHardReboot,
  chooseBoot,
  readRescueMail,
  rescueDeadline,
  startDedicatedLab,
  waitForReboot,
} from './dedicated-server';
import type { RescueWorld } from './world';

Given("the Windows rescue system is chosen for Nadia's server", async function (this: RescueWorld) {
  await startDedicatedLab(this);
  await chooseBoot(this, 'rescue-customer-windows');
});

When(
  'her program finds the netboot {string}, chooses it with her rescue address and asks for a hard reboot',
  async function (this: RescueWorld, kernel: string) {
    await chooseBoot(this, kernel);
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
    await chooseBoot(this, 'hd');
    await askForHardReboot(this);
  },
);

Then('the task of the hard reboot is done', async function (this: RescueWorld) {
  await waitForReboot(this);
});

Then(
  'the task of the hard reboot is done, and the firmware asked the network nothing',
  async function (this: RescueWorld) {
    await waitForReboot(this);
    assert.deepEqual(
      this.exchanges.filter(({ path }) => path === '/boot.ipxe'),
      [],
    );
  },
);

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
    await readRescueMail(this, user);
  },
);
