import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { readDuration, readFault, WINDOWS_RESCUE } from '../simulators/provider';
import { readAssumption } from '../simulators/provider-lab';
import { isPending } from './api-customer';
import type { RescueWorld } from './world';

Given('a hard reboot of her server waits to begin', async function (this: RescueWorld) {
  await this.api.askForReboot();
});

Given('a hard reboot of her server is done', async function (this: RescueWorld) {
  await this.api.reboot();
});

Given('this goes wrong at the provider: {word}', async function (this: RescueWorld, fault: string) {
  const { core } = await this.api.start();
  core.faults.add(readFault(fault));
});

Given('the provider is assumed to be so: {word}', function (this: RescueWorld, assumption: string) {
  Object.assign(this.api.options, readAssumption(assumption));
});

When('she asks for a hard reboot of her server', async function (this: RescueWorld) {
  await this.api.askForReboot();
});

When('the hard reboot begins', async function (this: RescueWorld) {
  await this.api.beginTask();
});

When('she cancels the hard reboot', async function (this: RescueWorld) {
  await this.api.call('POST', '/dedicated/server/{server}/task/{task}/cancel');
});

When('{word} pass(es)', letPass);

Given('{word} has/have passed', letPass);

async function letPass(this: RescueWorld, duration: string): Promise<void> {
  await this.api.start();
  await this.api.clock.advance(readDuration(duration));
}

When(
  /^(an hour|20 minutes) pass(?:es)? after a hard reboot into rescue mode$/,
  async function (this: RescueWorld, time: string) {
    await this.api.choose(WINDOWS_RESCUE);
    await this.api.askForReboot();
    await this.api.beginTask();
    await this.api.clock.advance(readDuration(time === 'an hour' ? '1h' : '20m'));
  },
);

When('her server boots the rescue system {string}', async function (this: RescueWorld, kernel: string) {
  await this.api.choose(kernel);
  await this.api.reboot();
});

When(
  'her program asks every {int} seconds until the task has ended',
  async function (this: RescueWorld, seconds: number) {
    const program = await this.api.program();
    for (let asked = 0; asked < 100; asked += 1) {
      // As the real ones do it: an error answer is asked again.
      const task = await program
        .get(this.api.filledIn('/dedicated/server/{server}/task/{task}'))
        .catch(() => ({ status: 'todo' }));
      const { status } = task as { status: string };
      if (!isPending(status)) {
        this.api.answer = { status: 200, body: task };
        return;
      }
      await this.api.clock.advance(seconds * 1000);
    }
    assert.fail(`The task ${this.api.taskId} has not ended.`);
  },
);

Then('the task is {word}', async function (this: RescueWorld, status: string) {
  const program = await this.api.program();
  const task = (await program.get(this.api.filledIn('/dedicated/server/{server}/task/{task}'))) as {
    status: string;
  };
  assert.equal(task.status, status, JSON.stringify(task));
});

Then(
  'the task is {word} because {string}',
  async function (this: RescueWorld, status: string, comment: string) {
    const program = await this.api.program();
    const task = await program.get(this.api.filledIn('/dedicated/server/{server}/task/{task}'));
    const { status: seen, comment: said } = task as { status: string; comment: string };
    assert.deepEqual({ seen, said }, { seen: status, said: this.api.filledIn(comment) });
  },
);

Then('the task ends as {word}', async function (this: RescueWorld, status: string) {
  const { events, core } = this.api.provider;
  const task = core.tasks.get(this.api.server.name, this.api.taskId);
  if (isPending(task.status)) {
    await events.waitFor('task-changed', (change) => !isPending(change.status), {
      signal: AbortSignal.timeout(60_000),
    });
  }
  assert.equal(task.status, status, task.comment ?? '');
});

Then('the number of the task is {word}', async function (this: RescueWorld, known: string) {
  await this.api.call('GET', '/dedicated/server/{server}/task/{task}');
  assert.equal(this.api.answer.status, known === 'known' ? 200 : 404);
});
