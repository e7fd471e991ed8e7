import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { installedAdministrator } from '../images';
import { runDiskTool } from '../simulators/lab';
import type { InstalledProfileId } from '../simulators/windows/profiles';
import { repairs, terminalOf } from './boot-repair-ways';
import { logOnAtConsole, openConsole, seeOnConsole, unlockConsole } from './console';
import { startDedicatedLab } from './dedicated-server';
import { startAndWait, waitForWindows } from './installed-server';
import { typeLines } from './terminal';
import type { Login, RescueWorld, Server } from './world';

const oldPassword = 'Old-Passw0rd';
const newPassword = 'New-Passw0rd';
/** Relative identifier of the built-in administrator. */
const ADMINISTRATOR = '000001F4';
/** First one of an account that somebody made. */
const FIRST_MADE = '000003E8';
/** Where an account's F value has its marks, and two of them (facts: formats, SAM). */
const MARKS = 0x38;
const [IS_DISABLED, IS_LOCKED] = [0x1, 0x400];

Given("Nadia's server runs {windows}", async function (this: RescueWorld, profile: InstalledProfileId) {
  await this.startLab({ families: [] });
  this.server = await this.lab.installedServer({ profile });
});

Given(
  "Nadia's server runs {windows}, with {string} beside {string}",
  async function (this: RescueWorld, profile: InstalledProfileId, user: string, other: string) {
    await this.startLab({ families: [] });
    this.server = await this.lab.installedServer({ profile });
    assert.equal(other, installedAdministrator.name);
    await net(this, `${user} ${oldPassword} /add`);
  },
);

Given(
  '{string} is disabled and {string} is locked out',
  async function (this: RescueWorld, disabled: string, locked: string) {
    assert.deepEqual([disabled, locked], ['admin', 'Administrator']);
    await mark(serverOf(this).options.disks[0]!, FIRST_MADE, IS_DISABLED);
    await mark(serverOf(this).options.disks[0]!, ADMINISTRATOR, IS_LOCKED);
  },
);

Given(
  "{string} of Nadia's dedicated server is disabled and locked out",
  async function (this: RescueWorld, user: string) {
    assert.equal(user, installedAdministrator.name);
    await startDedicatedLab(this);
    await mark(this.lab.ovh.systemDisk, ADMINISTRATOR, IS_DISABLED | IS_LOCKED);
  },
);

Given('its account {string} is disabled', async function (this: RescueWorld, user: string) {
  assert.equal(user, installedAdministrator.name);
  await mark(this.lab.nova.originalDisk, ADMINISTRATOR, IS_DISABLED);
});

/** What the guide's graphical editor does to the file, by a program that is not on the disk. */
When(
  'a password editor sets the password of {string} on its disk',
  async function (this: RescueWorld, user: string) {
    await net(this, `${user} ${newPassword}`);
  },
);

When('she takes the mark off {string} in its SAM', async function (this: RescueWorld, user: string) {
  assert.equal(user, installedAdministrator.name);
  const account = `HKLM\\Offline\\SAM\\Domains\\Account\\Users\\${ADMINISTRATOR}`;
  const [loaded = '', value = ''] = await typeLines(terminalOf(this), [
    `reg load HKLM\\Offline ${this.letters.windows}:\\Windows\\System32\\config\\SAM`,
    `reg query ${account} /v F`,
  ]);
  const f = digitsOf(value);
  const answers = await typeLines(terminalOf(this), [
    `reg add ${account} /v F /t REG_BINARY /d ${withMarks(f, (marks) => marks & ~IS_DISABLED)} /f`,
    'reg unload HKLM\\Offline',
  ]);
  for (const answer of [loaded, ...answers]) assert.match(answer, /The operation completed successfully\./);
  // The disk got a new signature when it came online.
  await repairs['bcdedit']?.(this);
});

When('she switches it on', async function (this: RescueWorld) {
  await serverOf(this).powerOn();
});

Then('its Windows starts', async function (this: RescueWorld) {
  if (this.server) await startAndWait(this, this.server);
  else await waitForWindows(this, this.lab.ovh.machine, this.serialMark);
});

Then(
  'SSH lets {string} in with the new password, and not with the old one',
  async function (this: RescueWorld, user: string) {
    assert.deepEqual(await trySsh(this, user, newPassword), 'accepted');
    assert.deepEqual(await trySsh(this, user, oldPassword), 'refused');
  },
);

Then('SSH lets {string} in with the old password', async function (this: RescueWorld, user: string) {
  assert.equal(await trySsh(this, user, passwordOf(user)), 'accepted');
});

Then(
  'SSH refuses {string} and {string} with their right passwords',
  async function (this: RescueWorld, one: string, other: string) {
    for (const user of [one, other])
      assert.equal(await trySsh(this, user, passwordOf(user)), 'refused', user);
  },
);

Then(
  'SSH and RDP refuse {string} without a password, and the console does not',
  async function (this: RescueWorld, user: string) {
    assert.equal(await trySsh(this, user, ''), 'refused');
    const { ports } = doorsOf(this).options;
    const rdp = await this.workstation.rdp({ ...loginOf(this, user, ''), port: ports.rdp }).tryLogin();
    assert.equal(rdp.outcome, 'refused');
    await using viewer = await openConsole(this, doorsOf(this));
    await unlockConsole(this, viewer, user);
    await logOnAtConsole(this, viewer, { user, password: '' });
  },
);

Then(
  'with a password that she sets at the console, SSH lets {string} in',
  async function (this: RescueWorld, user: string) {
    await using viewer = await openConsole(this, doorsOf(this));
    await viewer.type(`net user ${user} ${newPassword}\n`);
    await seeOnConsole(this, viewer, 'completed successfully', 'A new password');
    assert.equal(await trySsh(this, user, newPassword), 'accepted');
  },
);

function serverOf(world: RescueWorld): Server {
  assert.ok(world.server, 'this scenario has no server');
  return world.server;
}

/** The server that the scenario logs in to: one without a provider, or the dedicated one. */
function doorsOf(world: RescueWorld): {
  readonly options: Pick<Server['options'], 'address' | 'ports'>;
  readonly console: string;
} {
  return world.server ?? world.lab.ovh.machine;
}

async function net(world: RescueWorld, words: string): Promise<void> {
  await runDiskTool(serverOf(world).options.disks, 'net', ['user', ...words.split(' ')]);
}

async function trySsh(world: RescueWorld, user: string, password: string): Promise<string> {
  return (await world.ssh(loginOf(world, user, password)).tryLogin()).outcome;
}

function loginOf(world: RescueWorld, user: string, password: string): Login {
  const { address, ports } = doorsOf(world).options;
  return { host: address, port: ports.ssh, user, password };
}

function passwordOf(user: string): string {
  return user === installedAdministrator.name ? installedAdministrator.password : oldPassword;
}

/** Sets a mark of an account in the SAM of a disk. */
async function mark(disk: Server['options']['disks'][number], rid: string, bit: number): Promise<void> {
  const key = `HKLM\\SAM\\SAM\\Domains\\Account\\Users\\${rid}`;
  const f = digitsOf(await runDiskTool([disk], 'reg', ['query', key, '/v', 'F']));
  const data = withMarks(f, (marks) => marks | bit);
  await runDiskTool([disk], 'reg', ['add', key, '/v', 'F', '/t', 'REG_BINARY', '/d', data, '/f']);
}

/** The hexadecimal digits that `reg query` shows of a value. */
function digitsOf(answer: string): string {
  const digits = /F\s+REG_BINARY\s+([0-9A-F]+)/.exec(answer)?.[1];
  assert.ok(digits, `reg shows no value: ${answer}`);
  return digits;
}

function withMarks(f: string, change: (marks: number) => number): string {
  const bytes = Buffer.from(f, 'hex');
  bytes.writeUInt16LE(change(bytes.readUInt16LE(MARKS)), MARKS);
  return bytes.toString('hex');
}
