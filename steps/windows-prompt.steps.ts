import assert from 'node:assert/strict';
import { type DataTable, Then, When } from '@cucumber/cucumber';
import { terminalOf } from './boot-repair-ways';
import { logOnAtConsole, openConsole, seeOnConsole, unlockConsole } from './console';
import { ask } from './diskpart';
import type { RescueWorld } from './world';

Then(
  'each of these lines at its prompt is answered as follows',
  async function (this: RescueWorld, table: DataTable) {
    const terminal = terminalOf(this);
    const wrong: string[] = [];
    for (const { line = '', answer = '', 'exit code': exitCode } of table.hashes()) {
      const said = await ask(terminal, line);
      const fits = answer === '' ? said === '' : said.includes(answer);
      const code = await ask(terminal, 'echo %errorlevel%');
      if (!fits || code !== exitCode) wrong.push(`${line}: ${JSON.stringify(said)}, exit code ${code}`);
    }
    assert.deepEqual(wrong, []);
  },
);

When('she logs on at the KVM console and types {string}', async function (this: RescueWorld, line: string) {
  await using viewer = await openConsole(this, this.lab.nova.machine);
  await unlockConsole(this, viewer, this.login.user);
  await logOnAtConsole(this, viewer, this.login);
  await viewer.type(`${line}\n`);
});

Then(
  'the console shows {string} and {string}',
  async function (this: RescueWorld, first: string, second: string) {
    await using viewer = await openConsole(this, this.lab.nova.machine);
    await seeOnConsole(this, viewer, [first, second], second);
  },
);
