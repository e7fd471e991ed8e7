import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { typeAtPrompt } from '../simulators/lab';
import { CloudClient } from './cloud-client';
import { ownerLogsIn } from './cloud-owner';
import { startCloudServer } from './cloud-rescue';
import { seeOnSerialLine, seeWords } from './cloud-screen';
import { openConsole } from './console';
import type { RescueWorld } from './world';

const LISTENING = /SSH is listening/;
const STARTING = /(?:Windows Boot Manager|NTLDR): starting (.*) from /g;
/** What each entry needs before it can be started, beside what the stock image has. */
const MADE: Readonly<Record<string, readonly string[]>> = {
  '{memdiag}': [],
  '{ntldr}': [
    'bcdedit /create {ntldr} /d "An earlier Windows"',
    'bcdedit /set {ntldr} device partition=C:',
    'bcdedit /set {ntldr} path \\ntldr',
  ],
};

Given(
  'its next start is to be that of {string}, a copy of its entry',
  async function (this: RescueWorld, description: string) {
    const said = await atPrompt(this, [`bcdedit /copy {default} /d "${description}"`]);
    const id = /\{[0-9a-f-]{36}\}/.exec(said)?.[0];
    assert.ok(id, said);
    await atPrompt(this, [`bcdedit /bootsequence ${id}`]);
  },
);

Given(/^its next start is to be that of (\{\w+\})$/, async function (this: RescueWorld, entry: string) {
  await atPrompt(this, [...(MADE[entry] ?? []), `bcdedit /bootsequence ${entry}`]);
  this.lab.nova.expectBootFailure();
});

Given('its boot.ini names a second system, {string}', async function (this: RescueWorld, name: string) {
  await atPrompt(this, [
    'attrib -r -s -h C:\\boot.ini',
    `echo multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS="${name}" /fastdetect>> C:\\boot.ini`,
  ]);
});

When('she starts it, and restarts it once it takes logins', async function (this: RescueWorld) {
  await startCloudServer(this);
  await seeOnSerialLine(this, LISTENING);
  const { serial } = this.lab.nova.machine;
  const since = serial.mark();
  const cloud = await CloudClient.signIn(this.lab.nova.provider);
  await cloud.act(this.lab.nova.serverId, { reboot: { type: 'HARD' } });
  await seeOnSerialLine(this, LISTENING, since);
});

When('she starts it and chooses the second system at the console', async function (this: RescueWorld) {
  await startCloudServer(this);
  await seeWords(this, ['Please select the operating system to start:']);
  await using viewer = await openConsole(this, this.lab.nova.machine);
  viewer.press('down');
  viewer.press('enter');
});

Then(
  '{string} started first, and {string} afterwards',
  function (this: RescueWorld, first: string, later: string) {
    assert.deepEqual(started(this), [first, later]);
  },
);

Then('{string} starts, and its owner logs in', async function (this: RescueWorld, name: string) {
  await ownerLogsIn(this);
  assert.deepEqual(started(this), [name]);
});

/** The entries that the boot manager started since the server was switched on. */
function started(world: RescueWorld): string[] {
  const text = world.lab.nova.machine.serial.text.slice(world.serialMark);
  return [...text.matchAll(STARTING)].map(([, description = '']) => description);
}

/** Works at the prompt of the server's Windows while it is off. */
function atPrompt({ lab }: RescueWorld, lines: readonly string[]): Promise<string> {
  return typeAtPrompt([lab.nova.originalDisk], lines);
}
