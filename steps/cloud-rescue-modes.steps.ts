import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Given, Then, When } from '@cucumber/cucumber';
import { installedAdministrator } from '../images';
import { BOOT_FAILURE } from '../simulators/lab';
import type { MachineDescription } from '../simulators/vm';
import { type InstalledProfileId, windowsProfiles } from '../simulators/windows/profiles';
import { waitForWords } from '../simulators/workstation';
import { CloudClient } from './cloud-client';
import { endRescue, enterRescue, orderRescue } from './cloud-rescue';
import { openConsole } from './console';
import type { RescueWorld } from './world';

/** From power-on to a login under emulation on a busy host (ms). */
const bootDeadline = 180_000;
const leftBehind = 'C:\\left-behind.txt';

Given(
  "Nadia's cloud server has an ephemeral disk, at a cloud that runs {word}",
  function (this: RescueWorld, driver: string) {
    this.cloudChoice = { virtDriver: driver === 'xen' ? 'xen' : 'libvirt', ephemeral: true };
  },
);

Given(
  /^the cloud has a rescue image of (Windows Server \d+) with (\{.*\})$/,
  async function (this: RescueWorld, name: string, properties: string) {
    const profile = name.toLowerCase().replaceAll(' ', '-') as InstalledProfileId;
    const rescueImage = {
      windows: { profile },
      properties: JSON.parse(properties) as Record<string, string>,
    };
    await this.startLab({ families: ['nova'], cloud: { ...this.cloudChoice, rescueImage } });
    this.installed = { profile: windowsProfiles[profile], firmware: 'BIOS' };
  },
);

Given("Nadia's cloud server has no config drive and no agent", async function (this: RescueWorld) {
  await this.startLab({ families: ['nova'] });
  const { provider, serverId } = this.lab.nova;
  provider.instances.update(provider.instances.get(serverId), { configDrive: false });
});

Given("Nadia's cloud ends rescues after {int} hours", async function (this: RescueWorld, hours: number) {
  await this.startLab({ families: ['nova'], cloud: { rescueTimeout: hours * 3600 } });
});

Given('she works at a prompt of her server in rescue', async function (this: RescueWorld) {
  await enterRescue(this);
});

Given('it stands at its failure screen', async function (this: RescueWorld) {
  const { nova } = this.lab;
  const cloud = await CloudClient.signIn(nova.provider);
  await cloud.act(nova.serverId, { 'os-start': null });
  await nova.machine.serial.waitFor(BOOT_FAILURE, { what: 'the boot to fail', deadline: bootDeadline });
  await nova.machine.running();
  nova.expectBootFailure(false);
});

Given('she left a file on the disk of its last rescue', async function (this: RescueWorld) {
  await this.lab.nova.switchOn();
  this.hardware = hardwareOf((await this.lab.nova.machine.running()).description);
  await enterRescue(this);
  await this.ssh(this.login).exec(`echo left> ${leftBehind}`);
  const { stdout } = await this.ssh(this.login).exec(`type ${leftBehind}`);
  assert.equal(stdout.trim(), 'left');
  await leaveRescue(this);
});

When('she asks the cloud to rescue it with that image', async function (this: RescueWorld) {
  await orderRescue(this, { rescue_image_ref: this.lab.nova.rescueImageId });
});

When('{int} hours pass in the lab', async function (this: RescueWorld, hours: number) {
  this.serialMark = this.lab.nova.machine.serial.mark();
  await this.lab.clock.advance(hours * 3_600_000);
});

Then('her session ends', async function (this: RescueWorld) {
  const { terminal } = this;
  assert.ok(terminal);
  const ended = await Promise.race([
    terminal.ended.then(() => 'ended'),
    pause(bootDeadline, 'goes on', { ref: false }),
  ]);
  assert.equal(ended, 'ended');
  this.terminal = undefined;
});

/** `rescue (virtio, boots), root (virtio)`, from QEMU's own description. */
Then('its machine has the disks {string}', async function (this: RescueWorld, expected: string) {
  const { nova } = this.lab;
  await (await CloudClient.signIn(nova.provider)).waitForStatus(nova.serverId, 'RESCUE');
  const { disks = [] } = (await nova.machine.running()).description;
  const told = disks.map(
    ({ id, interface: bus, bootIndex }) => `${id} (${bus}${bootIndex === 0 ? ', boots' : ''})`,
  );
  assert.equal(told.join(', '), expected);
});

Then(
  /^the rescue password opens Windows (\S+), whose logon screen its console shows$/,
  async function (this: RescueWorld, version: string) {
    await this.lab.nova.machine.serial.waitFor(/The session document is applied/, {
      what: 'Windows to take the password from the config drive',
      deadline: bootDeadline,
      since: this.serialMark,
    });
    const { stdout } = await this.ssh(this.login).exec('ver');
    assert.match(stdout, new RegExp(version.replaceAll('.', '\\.')));
    await expectOnConsole(this, 'Press Ctrl+Alt+Delete');
  },
);

Then(
  "the rescue password is refused, and the stock image's own opens the rescue system",
  async function (this: RescueWorld) {
    await this.lab.nova.machine.serial.waitFor(/servers are listening/, {
      what: 'the rescue system to come up',
      deadline: bootDeadline,
      since: this.serialMark,
    });
    const { name: user, password } = installedAdministrator;
    const { outcome } = await this.ssh(this.login).tryLogin();
    assert.equal(outcome, 'refused', 'the rescue password opens the rescue system');
    const own = await this.ssh({ ...this.login, user, password }).tryLogin();
    assert.equal(own.outcome, 'accepted');
    const { disks = [] } = (await this.lab.nova.machine.running()).description;
    assert.deepEqual(
      disks.map(({ id }) => id),
      ['rescue', 'root'],
    );
  },
);

Then('the address of its console shows {string}', async function (this: RescueWorld, words: string) {
  await expectOnConsole(this, words);
});

/** Opens the console at the address that the cloud gives out. */
async function expectOnConsole(world: RescueWorld, words: string): Promise<void> {
  const { nova } = world.lab;
  const cloud = await CloudClient.signIn(nova.provider);
  await cloud.waitForStatus(nova.serverId, 'RESCUE');
  const { console: opened } = (await cloud.act(nova.serverId, {
    'os-getVNCConsole': { type: 'novnc' },
  })) as { console: { url: string } };
  const token = new URL(opened.url).searchParams.get('path')?.replace('?token=', '') ?? '';
  await nova.machine.running();
  const console = nova.provider.resolveConsole(token);
  assert.ok(console, `${opened.url} leads to no console`);
  await using viewer = await openConsole(world, { console });
  await world.keep(await waitForWords(viewer, words, { deadline: bootDeadline }), 'The console in rescue');
}

Then('the file is not on the rescue disk', async function (this: RescueWorld) {
  await this.lab.nova.machine.serial.waitFor(/The session document is applied/, {
    what: 'Windows to take the password from the config drive',
    deadline: bootDeadline,
    since: this.serialMark,
  });
  const { stdout, stderr, exitCode } = await this.ssh(this.login).exec(`type ${leftBehind}`);
  assert.equal(exitCode, 1, stdout);
  assert.match(stdout + stderr, /The system cannot find the file specified\./);
});

Then('after the rescue its machine has the hardware it had before', async function (this: RescueWorld) {
  await leaveRescue(this);
  assert.deepEqual(hardwareOf((await this.lab.nova.machine.running()).description), this.hardware);
});

async function leaveRescue(world: RescueWorld): Promise<void> {
  await endRescue(world);
  const { nova } = world.lab;
  await (await CloudClient.signIn(nova.provider)).waitForStatus(nova.serverId, 'ACTIVE');
}

/** What the guest can see of its machine; read tracking is the lab's own affair. */
function hardwareOf(description: MachineDescription): unknown {
  return JSON.parse(JSON.stringify(description, (key, value) => (key === 'trackReads' ? undefined : value)));
}
