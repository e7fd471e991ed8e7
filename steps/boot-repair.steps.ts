import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { readBootSignatures, readDiskSignature } from '../simulators/lab';
import type { RescueWorld } from './world';

/** In the rescue session automount gives the server's volumes D: (System Reserved) and E: (Windows). */
const store = 'D:\\Boot\\BCD';
/** The object ids of {bootmgr} (facts: formats 1.3). */
const bootManager = '{9dea862c-5cdd-4e70-acc1-f32b344d4795}';

When('she looks at the boot configuration with bcdedit', async function (this: RescueWorld) {
  const { stdout, exitCode } = await this.ssh(this.login).exec(`bcdedit /store ${store} /enum`);
  assert.equal(exitCode, 0, stdout);
  this.seen = stdout;
});

Then('it names devices that are not there', async function (this: RescueWorld) {
  assert.match(this.seen, /Windows Boot Manager\r?\n-+\r?\nidentifier +\{bootmgr\}\r?\ndevice +unknown/);
  assert.match(this.seen, /Windows Boot Loader\r?\n-+\r?\nidentifier +\{default\}\r?\ndevice +unknown/);
  assert.match(this.seen, /osdevice +unknown/);
});

When('she sets the devices to the volumes that are there', async function (this: RescueWorld) {
  await setDevices(this, [
    '{bootmgr} device partition=D:',
    '{default} device partition=E:',
    '{default} osdevice partition=E:',
  ]);
});

Then('hivex finds the present disk signature in the boot configuration', async function (this: RescueWorld) {
  const disk = this.lab.ovh.systemDisk;
  const present = await readDiskSignature(disk);
  const signatures = await readBootSignatures(disk);
  assert.equal(signatures[bootManager]?.['11000001'], present, '{bootmgr} device');
  const loader = Object.values(signatures).find((elements) => elements['21000001'] === present);
  assert.ok(loader, `No loader's osdevice names ${present}: ${JSON.stringify(signatures)}`);
  assert.equal(loader['11000001'], present, "the loader's device");
});

export async function setDevices(world: RescueWorld, settings: readonly string[]): Promise<void> {
  for (const setting of settings) {
    const { stdout, exitCode } = await world.ssh(world.login).exec(`bcdedit /store ${store} /set ${setting}`);
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /The operation completed successfully\./);
  }
}
