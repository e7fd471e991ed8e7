import assert from 'node:assert/strict';
import { type DataTable, Then, When } from '@cucumber/cucumber';
import { waitForWords } from '../simulators/workstation';
import { terminalOf } from './boot-repair-ways';
import { openConsole } from './cloud-screen';
import { ask } from './diskpart';
import type { RescueWorld } from './world';

/** From a key to the picture that it leads to (ms). */
const pictureDeadline = 90_000;

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
  await using viewer = await openConsole(this);
  const see = (words: string) => waitForWords(viewer, words, { deadline: pictureDeadline });
  await see('Press Ctrl+Alt+Delete to unlock');
  viewer.ctrlAltDel();
  await see(this.login.user);
  await viewer.type(`${this.login.password}\n`);
  await see('C:\\Users\\Administrator>');
  await viewer.type(`${line}\n`);
});

Then(
  'the console shows {string} and {string}',
  async function (this: RescueWorld, first: string, second: string) {
    await using viewer = await openConsole(this);
    await this.keep(await waitForWords(viewer, [first, second], { deadline: pictureDeadline }), second);
  },
);
