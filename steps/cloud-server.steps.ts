import { Given, Then, When } from '@cucumber/cucumber';
import { BOOT_FAILURE } from '../simulators/lab';
import { type BootFirmware, type InstalledProfileId, windowsProfiles } from '../simulators/windows/profiles';
import { ownerLogsIn } from './cloud-owner';
import { bringOriginalOnline, endRescue, startCloudServer } from './cloud-rescue';
import { seeFailure, seeOnSerialLine } from './cloud-screen';
import type { Damage } from './disk-damage';
import { failureText } from './failure-text';
import type { RescueWorld } from './world';

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
  await startCloudServer(this);
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
