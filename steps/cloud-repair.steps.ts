import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { type Repair, terminalOf } from './boot-repair-ways';
import { bringOriginalOnline } from './cloud-rescue';
import { typeAnywhere, typeInDiskpart } from './terminal';
import type { RescueWorld } from './world';

Given(
  'it is in rescue mode with its disk online, its system partition as {word} and its Windows as {word}',
  async function (this: RescueWorld, system: string, windows: string) {
    await bringOriginalOnline(this);
    const { letters } = this;
    if (letters.system === system && letters.windows === windows) return;
    // Windows gives letters in either order; here it was the other one.
    await typeInDiskpart(terminalOf(this), [
      `select volume ${letters.system}`,
      'assign letter=X',
      `select volume ${letters.windows}`,
      `assign letter=${windows}`,
      'select volume X',
      `assign letter=${system}`,
    ]);
    this.letters = { system, windows };
  },
);

When('she repairs it with {repair}', async function (this: RescueWorld, repair: Repair) {
  await repair(this);
});

When(
  'she repairs it with {repair} and then with {repair}',
  async function (this: RescueWorld, first: Repair, second: Repair) {
    await first(this);
    await second(this);
  },
);

When('she brings its disk online again', async function (this: RescueWorld) {
  await bringOriginalOnline(this);
});

When('she types', async function (this: RescueWorld, lines: string) {
  this.seen = await typeAnywhere(terminalOf(this), lines.split('\n'));
});

Then('the answers hold {string}', function (this: RescueWorld, words: string) {
  assert.ok(this.seen.includes(words), `The answers do not hold ${JSON.stringify(words)}: ${this.seen}`);
});
