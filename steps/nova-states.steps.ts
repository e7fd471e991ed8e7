import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { LabClock, readDuration } from '../simulators/provider';
import { NullHypervisor } from '../simulators/provider/nova';
import type { RescueWorld } from './world';

/** Newer than her server, so that the cloud comes to it first. */
Given(
  'another server of hers is in rescue and leaves it for longer than a day',
  async function (this: RescueWorld) {
    const provider = await this.cloud.provider();
    const other = await provider.adopt({ name: 'slow', hypervisor: neverDone() });
    provider.instances.update(other, { vmState: 'rescued', taskState: 'unrescuing' });
  },
);

When('what her cloud server does comes to its end', async function (this: RescueWorld) {
  await this.cloud.settle();
});

When('{word} pass in the cloud', async function (this: RescueWorld, time: string) {
  await this.cloud.clock.advance(readDuration(time));
});

When(
  'her program changes the password of her cloud server to {string}',
  async function (this: RescueWorld, password: string) {
    const { instances } = await this.cloud.provider();
    const instance = await this.cloud.instance();
    const begun = instances.events.waitFor('changed', (one) => one === instance);
    const answered = this.cloud.act(JSON.stringify({ changePassword: { adminPass: password } }));
    await begun;
    await this.cloud.settle();
    await answered;
  },
);

Then(
  /^her cloud server is ([A-Z_]+) with vm_state (\w+), (no task|task_state [\w-]+) and power_state (\d)$/,
  async function (this: RescueWorld, status: string, vmState: string, task: string, power: string) {
    const server = await this.cloud.shown();
    assert.deepEqual(
      {
        status: server['status'],
        vmState: server['OS-EXT-STS:vm_state'],
        taskState: server['OS-EXT-STS:task_state'],
        power: server['OS-EXT-STS:power_state'],
      },
      { status, vmState, taskState: task === 'no task' ? null : task.split(' ')[1], power: Number(power) },
    );
  },
);

Then(/^her cloud server is ([A-Z_]+)$/, async function (this: RescueWorld, status: string) {
  assert.equal((await this.cloud.shown())['status'], status);
});

Then(/^her cloud server shows (\{.*\})$/, async function (this: RescueWorld, expected: string) {
  const server = await this.cloud.shown();
  const wanted = JSON.parse(await this.cloud.filledIn(expected)) as Record<string, unknown>;
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, server[name]])), wanted);
});

Then('her cloud server has no field {word}', async function (this: RescueWorld, field: string) {
  assert.ok(!(field in (await this.cloud.shown())), `There is a field ${field}.`);
});

Then('her cloud server is as it was', async function (this: RescueWorld) {
  const server = await this.cloud.shown();
  assert.deepEqual(
    [server['status'], server['OS-EXT-STS:vm_state'], server['OS-EXT-STS:task_state']],
    ['ACTIVE', 'active', null],
  );
});

Then('her cloud server is gone', async function (this: RescueWorld) {
  const { instances } = await this.cloud.provider();
  assert.deepEqual(instances.list(), []);
});

/** `rescue (virtio disk, boots), root (virtio disk)` */
Then('the rescue has the disks {string}', async function (this: RescueWorld, disks: string) {
  const seen = (await machineOf(this)).rescueDisks ?? [];
  const told = seen.map(
    ({ role, bus, device, boots }) => `${role} (${bus} ${device}${boots ? ', boots' : ''})`,
  );
  assert.equal(told.join(', '), disks);
});

Then('the rescue disk is made of the image {word}', async function (this: RescueWorld, image: string) {
  assert.equal((await machineOf(this)).inRescueWith?.imageId, await this.cloud.filledIn(image));
});

Then(
  'the agent in the guest was given the password {string}',
  async function (this: RescueWorld, password: string) {
    assert.equal((await machineOf(this)).givenPassword, password);
  },
);

Then(/^the volume "([^"]+)" is "([^"]+)"$/, async function (this: RescueWorld, name: string, status: string) {
  await this.cloud.untilVolume(name, status);
});

/** What the null machine of her server remembers. */
async function machineOf({ cloud }: RescueWorld): Promise<NullHypervisor> {
  const { hypervisor } = await cloud.instance();
  assert.ok(hypervisor instanceof NullHypervisor);
  return hypervisor;
}

/** A machine that begins what it is asked for and never ends it. */
function neverDone(): NullHypervisor {
  return new NullHypervisor({ clock: new LabClock({ frozen: true }), pace: 1 }).switchedOn();
}
