import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Given, Then, When } from '@cucumber/cucumber';
import { placeFileOnMirror } from '../simulators/lab';
import { waitForWords } from '../simulators/workstation';
import { openConsole, seeOnConsole } from './console';
import type { RescueWorld } from './world';

/** Two cores that emulate a boot, and may be busy with other work (ms). */
const bootDeadline = 300_000;

Given(
  "Nadia's server has Windows on its system disk and her data on a mirror of two dynamic disks",
  async function (this: RescueWorld) {
    await this.startLab({ families: ['ovh'] });
  },
);

Given('a file that only this run knows lies on the mirror', async function (this: RescueWorld) {
  const mark = randomBytes(6).toString('hex');
  this.file = { name: `run-${mark}.txt`, content: `Only this run knows ${randomBytes(12).toString('hex')}` };
  await placeFileOnMirror(this.lab.ovh.mirrorDisks, this.lab.ovh.mirror, this.file.name, this.file.content);
});

Given(
  'the boot configuration no longer matches the signature of the system disk',
  async function (this: RescueWorld) {
    await this.lab.ovh.changeDiskSignature();
  },
);

When('she switches the server on', async function (this: RescueWorld) {
  await this.lab.ovh.machine.powerOn();
});

Then(
  /^the boot manager shows status (0x[0-9a-f]{8}) on the screen and on the serial line$/,
  async function (this: RescueWorld, status: string) {
    const { machine } = this.lab.ovh;
    await machine.serial.waitFor(new RegExp(`Status: ${status}`), {
      what: 'the boot manager to fail',
      deadline: bootDeadline,
    });
    await machine.running();
    await using viewer = await openConsole(this, machine);
    const caption = 'The boot manager cannot find the disk it is told to start from';
    await seeOnConsole(this, viewer, `Status: ${status}`, caption);
  },
);

Given('the firmware of the server starts from its disks first', function (this: RescueWorld) {
  this.lab.ovh.startFromDiskFirst();
});

Given('the system disk fails at the next start', function (this: RescueWorld) {
  this.lab.ovh.provider.core.faults.add({ kind: 'disk-gone' });
});

Then(
  'the firmware tries a disk of the mirror, the first of the two that are left',
  async function (this: RescueWorld) {
    const { machine } = this.lab.ovh;
    const { qmp } = await machine.running();
    await using viewer = await openConsole(this, machine);
    const picture = await waitForWords(viewer, 'Booting from SAN device', { deadline: bootDeadline });
    await this.keep(picture, 'The disk that the firmware tries now has no system');
    const blocks = await qmp.execute('query-block');
    assert.deepEqual(
      blocks.flatMap(({ qdev }) => /disk-(\w+)/.exec(qdev ?? '')?.[1] ?? []),
      ['data1', 'data2'],
    );
  },
);
