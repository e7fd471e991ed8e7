import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { installedAdministrator } from '../images';
import { readBootSignatures, readDiskSignature } from '../simulators/lab';
import { CloudClient } from './cloud-client';
import { endRescue, orderRescue } from './cloud-rescue';
import { openConsole, seeOnConsole } from './console';
import { commandPrompt, diskpart, openTerminal, typeLine } from './terminal';
import type { RescueWorld } from './world';

/** From power-on to a login under emulation (ms). */
const bootDeadline = 300_000;
/** The object id of {bootmgr} (facts: formats 1.3). */
const bootManager = '{9dea862c-5cdd-4e70-acc1-f32b344d4795}';

Given("Nadia's cloud server was made of the Windows stock image", async function (this: RescueWorld) {
  await this.startLab({ families: ['nova'] });
  this.seen = await readDiskSignature(this.lab.nova.originalDisk);
});

When('she asks the cloud to rescue it', async function (this: RescueWorld) {
  await orderRescue(this);
});

Then('the cloud says RESCUE and gives a password once', async function (this: RescueWorld) {
  const cloud = await CloudClient.signIn(this.lab.nova.provider);
  const server = await cloud.waitForStatus(this.lab.nova.serverId, 'RESCUE');
  assert.ok(!('adminPass' in server), 'the server view repeats the password');
  assert.ok(this.login.password.length >= 12);
});

Then('the server boots the stock image, with its original disk second', async function (this: RescueWorld) {
  const { serial } = this.lab.nova.machine;
  const since = this.serialMark;
  await serial.waitFor(/starting Windows Server 2008 R2 from \/dev\/vda2/, {
    what: 'Windows to start from the first disk',
    deadline: bootDeadline,
    since,
  });
  await serial.waitFor(/The session document is applied/, {
    what: 'Windows to take the password from the config drive',
    deadline: bootDeadline,
    since,
  });
  const machine = await this.lab.nova.machine.running();
  const order = (machine.description.disks ?? []).map(({ id }) => id);
  assert.deepEqual(order.slice(0, 2), ['rescue', 'root']);
  await using viewer = await openConsole(this, this.lab.nova.machine);
  await seeOnConsole(this, viewer, 'Press Ctrl+Alt+Delete', 'The console shows the rescue system');
});

Then(
  'SSH with the rescue password reaches the prompt {string}',
  async function (this: RescueWorld, prompt: string) {
    this.terminal = await openTerminal(this, this.login);
    assert.ok(this.terminal.transcript.trimEnd().endsWith(prompt), this.terminal.transcript);
  },
);

When(
  'she brings the original disk online, which collides with the rescue disk',
  async function (this: RescueWorld) {
    this.terminal ??= await openTerminal(this, this.login);
    const { terminal } = this;
    await typeLine(terminal, 'diskpart', diskpart);
    const disks = await typeLine(terminal, 'list disk', diskpart);
    assert.match(disks, /Disk 1 +Offline/);
    await typeLine(terminal, 'select disk 1', diskpart);
    const said = await typeLine(terminal, 'online disk', diskpart);
    assert.match(said, /DiskPart successfully onlined the selected disk\./);
    await typeLine(terminal, 'attributes disk clear readonly', diskpart);
    await typeLine(terminal, 'exit', commandPrompt);
  },
);

Then('the original disk carries a new signature', async function (this: RescueWorld) {
  const signature = await readDiskSignature(this.lab.nova.originalDisk);
  assert.notEqual(signature, this.seen);
});

When('she points its boot configuration at the disk as it is now', async function (this: RescueWorld) {
  this.terminal ??= await openTerminal(this, this.login);
  await typeLine(this.terminal, 'diskpart', diskpart);
  const letters = lettersOfOriginal(await typeLine(this.terminal, 'list volume', diskpart));
  await typeLine(this.terminal, 'exit', commandPrompt);
  const store = `${letters.boot}:\\Boot\\BCD`;
  for (const setting of [
    `{bootmgr} device partition=${letters.boot}:`,
    `{default} device partition=${letters.windows}:`,
    `{default} osdevice partition=${letters.windows}:`,
  ]) {
    const { stdout, exitCode } = await this.ssh(this.login).exec(`bcdedit /store ${store} /set ${setting}`);
    assert.equal(exitCode, 0, stdout);
  }
});

Then('hivex finds the new signature in its boot configuration', async function (this: RescueWorld) {
  const disk = this.lab.nova.originalDisk;
  const present = await readDiskSignature(disk);
  const signatures = await readBootSignatures(disk);
  assert.equal(signatures[bootManager]?.['11000001'], present, '{bootmgr} device');
  assert.ok(
    Object.values(signatures).some(
      (elements) => elements['11000001'] === present && elements['21000001'] === present,
    ),
    `No loader names ${present} twice: ${JSON.stringify(signatures)}`,
  );
});

When('she asks the cloud to end the rescue', async function (this: RescueWorld) {
  await endRescue(this);
});

Then('the cloud says ACTIVE', async function (this: RescueWorld) {
  const cloud = await CloudClient.signIn(this.lab.nova.provider);
  await cloud.waitForStatus(this.lab.nova.serverId, 'ACTIVE');
});

Then('the server starts Windows from its original disk', async function (this: RescueWorld) {
  const { serial } = this.lab.nova.machine;
  await serial.waitFor(/SSH is listening/, {
    what: 'Windows to come up',
    deadline: bootDeadline,
    since: this.serialMark,
  });
  const machine = await this.lab.nova.machine.running();
  assert.deepEqual(
    (machine.description.disks ?? []).map(({ id }) => id),
    ['root'],
  );
});

Then('SSH with the account of the original disk works', async function (this: RescueWorld) {
  const { address, ports } = this.lab.nova.machine.options;
  const own = {
    host: address,
    port: ports.ssh,
    user: installedAdministrator.name,
    password: installedAdministrator.password,
  };
  const { stdout } = await this.ssh(own).exec('hostname');
  assert.equal(stdout.trim(), 'CUSTOMER');
  const rescue = await this.ssh(this.login).tryLogin();
  assert.equal(rescue.outcome, 'refused', 'the rescue password opens the original disk');
});

/** Letters that automount gave the volumes of the disk that came online: those beside the rescue system's own. */
function lettersOfOriginal(table: string): { boot: string; windows: string } {
  const rows = [...table.matchAll(/Volume \d+ +([A-Z])? +(System Rese|Windows) +NTFS/g)];
  const letters = rows
    .map(([, letter = '', label]) => ({ letter, label }))
    .filter(({ letter }) => letter !== '');
  const of = (label: string) => letters.filter((row) => row.label === label).at(-1)?.letter;
  const boot = of('System Rese');
  const windows = of('Windows');
  assert.ok(boot && windows, `No letters for the original disk's volumes: ${table}`);
  return { boot, windows };
}
