import assert from 'node:assert/strict';
import { Given, When } from '@cucumber/cucumber';
import type { SshSession } from '../simulators/workstation';
import { terminalOf } from './boot-repair-ways';
import {
  askForHardReboot,
  chooseBoot,
  readRescueMail,
  startDedicatedLab,
  waitForReboot,
} from './dedicated-server';
import type { RescueWorld } from './world';

/** How long a program in an emulated machine may take (ms). */
const promptDeadline = 60_000;
const prompt = /root@rescue-customer:\S*# /;
/** chntpw's menu of one account, and its question at the end. */
const menu = /Select: \[q\] > /;
const question = /Write hive files\? \(y\/n\) \[n\] : /;

Given("Nadia's dedicated server is in the Debian rescue system", async function (this: RescueWorld) {
  await startDedicatedLab(this);
  await chooseBoot(this, 'rescue-customer');
  await askForHardReboot(this);
  await waitForReboot(this);
  await readRescueMail(this, 'root');
  this.terminal = await this.ssh(this.login).interactive();
  await this.terminal.waitFor(prompt, { deadline: promptDeadline });
});

When(
  'she clears the password of {string} with chntpw and restarts the server from its disk',
  async function (this: RescueWorld, user: string) {
    assert.match(await workWithChntpw(this, user, '1'), /Password cleared!/);
    await restartFromDisk(this);
  },
);

When(
  'she unlocks and enables {string} with chntpw and restarts the server from its disk',
  async function (this: RescueWorld, user: string) {
    assert.match(await workWithChntpw(this, user, '2'), /Unlocked!/);
    await restartFromDisk(this);
  },
);

/** The guide's steps for a Linux rescue system: mounts the Windows volume and works in its SAM. Answers what the choice said. */
async function workWithChntpw(world: RescueWorld, user: string, choice: string): Promise<string> {
  const terminal = terminalOf(world);
  const table = await type(terminal, 'fdisk -l /dev/vda', prompt);
  const windows = [...table.matchAll(/^(\/dev\/vda\d+) .*HPFS\/NTFS\/exFAT/gm)].at(-1)?.[1];
  assert.ok(windows, `fdisk shows no volume of Windows: ${table}`);
  await type(terminal, `mount ${windows} /mnt`, prompt);
  await type(terminal, 'cd /mnt/Windows/System32/config', prompt);
  assert.match(await type(terminal, 'chntpw -l SAM', prompt), new RegExp(`\\| ${user} +\\|`));
  await type(terminal, `chntpw -u ${user} SAM`, menu);
  const said = await type(terminal, choice, menu);
  await type(terminal, 'q', question);
  assert.match(await type(terminal, 'y', prompt), /<SAM> - OK/);
  return said;
}

/** As the guide has it: the netboot first, then the restart from inside. */
async function restartFromDisk(world: RescueWorld): Promise<void> {
  await chooseBoot(world, 'hd');
  const terminal = terminalOf(world);
  await type(terminal, 'cd; umount /mnt', prompt);
  assert.doesNotMatch(await type(terminal, 'mount', prompt), /\/mnt/);
  world.serialMark = world.lab.ovh.machine.serial.mark();
  terminal.sendLine('reboot');
}

function type(terminal: SshSession, line: string, end: RegExp): Promise<string> {
  terminal.sendLine(line);
  return terminal.waitFor(end, { deadline: promptDeadline });
}
