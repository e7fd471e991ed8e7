import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Given, Then, When } from '@cucumber/cucumber';
import { installedAdministrator } from '../images';
import { BOOT_FAILURE } from '../simulators/lab';
import { type BootFirmware, type InstalledProfileId, windowsProfiles } from '../simulators/windows/profiles';
import { waitForWords } from '../simulators/workstation';
import { CloudClient } from './cloud-client';
import { bringOriginalOnline, endRescue } from './cloud-rescue';
import type { Damage } from './disk-damage';
import { failureText } from './failure-text';
import type { RescueWorld } from './world';

/** From power-on to a failure screen or a login, under emulation on a busy host (ms). */
const bootDeadline = 180_000;

Given(
  "Nadia's cloud server runs {windows} with {firmware}",
  async function (this: RescueWorld, profile: InstalledProfileId, firmware: BootFirmware) {
    await this.startLab({ families: ['nova'], windows: { profile, firmware } });
    this.installed = { profile: windowsProfiles[profile], firmware };
  },
);

Given('on its disk {damage}', async function (this: RescueWorld, damage: Damage) {
  await damage.make(this.lab.nova, this.installed);
  this.lab.nova.expectBootFailure(damage.stopsBoot(this.installed));
});

Given('it is in rescue mode with its disk online', async function (this: RescueWorld) {
  this.lab.nova.expectBootFailure(false);
  await bringOriginalOnline(this);
});

When('she starts it', async function (this: RescueWorld) {
  const { nova } = this.lab;
  this.serialMark = nova.machine.serial.mark();
  const cloud = await CloudClient.signIn(nova.provider);
  await cloud.act(nova.serverId, { 'os-start': null });
});

When('she ends the rescue', async function (this: RescueWorld) {
  await endRescue(this);
});

Then(
  'its console shows status {status}: {string}',
  async function (this: RescueWorld, status: string, info: string) {
    await seeFailure(this, failureText(this.installed.profile.era, { status, info }));
  },
);

Then(
  'its console shows status {status} for {string}: {string}',
  async function (this: RescueWorld, status: string, file: string, info: string) {
    await seeFailure(this, failureText(this.installed.profile.era, { status, file, info }));
  },
);

Then('its console shows {string}', async function (this: RescueWorld, words: string) {
  await seeFailure(this, { words: [words], background: 'black' });
});

Then('it starts from its own disk and its owner logs in', async function (this: RescueWorld) {
  await ownerLogsIn(this);
});

Then(
  'after the rescue it starts from its own disk and its owner logs in',
  async function (this: RescueWorld) {
    await endRescue(this);
    await ownerLogsIn(this);
  },
);

Then(
  'after the rescue its boot ends with status {status}',
  async function (this: RescueWorld, status: string) {
    await endRescue(this);
    await seeOnSerialLine(this, BOOT_FAILURE);
    await seeOnSerialLine(this, new RegExp(status));
  },
);

/** The owner's login is the proof; a failure screen on the way ends the wait. */
async function ownerLogsIn(world: RescueWorld): Promise<void> {
  const { machine } = world.lab.nova;
  const end = await seeOnSerialLine(world, new RegExp(`SSH is listening|${BOOT_FAILURE.source}`));
  assert.equal(end, 'SSH is listening', 'the boot failed');
  const disks = (await machine.running()).description.disks ?? [];
  assert.deepEqual(
    disks.map(({ id }) => id),
    ['root'],
  );
  const { address, ports } = machine.options;
  const { name: user, password } = installedAdministrator;
  const { stdout } = await world.ssh({ host: address, port: ports.ssh, user, password }).exec('hostname');
  assert.equal(stdout.trim(), 'CUSTOMER');
}

interface FailureLook {
  /** In the order of the screen; lines may break anywhere. */
  readonly words: readonly string[];
  readonly background: 'black' | 'blue';
}

/** Words on the serial line and, read by OCR, on the picture in its colour. */
async function seeFailure(world: RescueWorld, { words, background }: FailureLook): Promise<void> {
  const { machine } = world.lab.nova;
  for (const some of words) await seeOnSerialLine(world, acrossLines(some));
  // The walk hears the same line: after this turn its exchange for a fork has begun, and is waited for.
  await setImmediate();
  await machine.running();
  const [host = '', port] = machine.console.split(':');
  await using viewer = await world.workstation.vnc({ host, port: Number(port) });
  await world.keep(await waitForWords(viewer, words, { deadline: 30_000 }), words.at(-1) ?? '');
  const { area, rgba } = viewer.snapshot();
  const corner = rgba.subarray((area.width - 1) * 4 + area.width * 4 * Math.floor(area.height / 2));
  const [red = 0, , blue = 0] = corner;
  assert.equal(blue - red > 80 ? 'blue' : 'black', background, "the screen's colour");
}

function seeOnSerialLine(world: RescueWorld, pattern: RegExp): Promise<string> {
  return world.lab.nova.machine.serial.waitFor(pattern, {
    what: 'the boot from the disk',
    deadline: bootDeadline,
    since: world.serialMark,
  });
}

function acrossLines(words: string): RegExp {
  return new RegExp(
    words
      .split(' ')
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('\\s+'),
  );
}
