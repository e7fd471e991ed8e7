import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { readVolumeFlags } from '../simulators/lab';
import { CloudClient } from './cloud-client';
import type { RescueWorld } from './world';

const PRESSED = /The power button was pressed: Windows is shutting down\./;
/** `0x0000`: dismounted, and nothing to check. */
const CLEAN = '0x0000';

/** What the server has printed since the scenario's last act. */
const printed = ({ lab, serialMark }: RescueWorld) => lab.nova.machine.serial.text.slice(serialMark);

Then('Windows has shut down and dismounted its volumes', async function (this: RescueWorld) {
  assert.match(printed(this), PRESSED);
  const flags = await readVolumeFlags(this.lab.nova.originalDisk);
  assert.deepEqual(flags, [CLEAN, CLEAN]);
});

Then('Windows has shut down before it starts again', function (this: RescueWorld) {
  assert.match(printed(this), PRESSED);
});

Then('nobody has pressed its power button', function (this: RescueWorld) {
  assert.doesNotMatch(printed(this), PRESSED);
});

When(
  /^she asks the cloud for (\{.*\}), and (\d+) and then (\d+) seconds pass in the lab$/,
  async function (this: RescueWorld, action: string, first: string, second: string) {
    const { nova, clock } = this.lab;
    clock.freeze();
    const pressed = nova.powerButtonPressed();
    const cloud = await CloudClient.signIn(nova.provider);
    await cloud.act(nova.serverId, JSON.parse(action) as object);
    await pressed;
    await clock.advance(Number(first) * 1000);
    const { body } = await cloud.call('GET', `/servers/${nova.serverId}`);
    this.seen = (body as { server: { status: string } }).server.status;
    await clock.advance(Number(second) * 1000);
  },
);

Then('it was {word} before, and is {word}', async function (this: RescueWorld, before: string, now: string) {
  const { nova } = this.lab;
  assert.equal(this.seen, before);
  await (await CloudClient.signIn(nova.provider)).waitForStatus(nova.serverId, now);
});
