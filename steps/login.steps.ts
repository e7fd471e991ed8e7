import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { installedAdministrator } from '../images';
import { logOnAtConsole, openConsole, seeOnConsole, unlockConsole } from './console';
import { openTerminal } from './terminal';
import type { Login, RescueWorld } from './world';

/** A server that restarts, under emulation (ms). */
const restartDeadline = 300_000;
const wrongPassword = 'Not-the-password-1';

Then(
  'the server runs the rescue system that it fetched from the network',
  async function (this: RescueWorld) {
    const { serial } = this.lab.ovh.machine;
    const since = this.serialMark;
    for (const [pattern, what] of [
      [/rescue-customer: fetching the rescue system/, 'the Debian rescue system to fetch its images'],
      [/rescue-customer: starting the Windows rescue system \((kvm|tcg)\)/, 'the nested machine to start'],
      [/WINRESCUEOVH \(rescue, Windows /, 'the Windows rescue stand-in to come up'],
    ] as const) {
      await serial.waitFor(pattern, { what, deadline: 90_000, since });
    }
  },
);

Then('the server is in Windows rescue mode', async function (this: RescueWorld) {
  const session = this.lab.ovh.provider.core.server(this.lab.ovh.machine.options.name).boot;
  assert.equal(session?.entry.kernel, 'rescue-customer-windows');
  await this.lab.ovh.machine.serial.waitFor(/The session document is applied/, {
    what: 'the rescue session to begin',
    deadline: 90_000,
    since: this.serialMark,
  });
});

Then(
  'SSH with that password reaches the prompt {string}',
  async function (this: RescueWorld, prompt: string) {
    await this.terminal?.[Symbol.asyncDispose]();
    this.terminal = await openTerminal(this, this.login);
    assert.ok(
      this.terminal.transcript.trimEnd().endsWith(prompt),
      `The terminal shows ${JSON.stringify(this.terminal.transcript)}, not the prompt ${prompt}`,
    );
  },
);

Then('SSH does not accept another password', async function (this: RescueWorld) {
  const { outcome } = await this.ssh({ ...this.login, password: wrongPassword }).tryLogin();
  assert.equal(outcome, 'refused');
});

Then('RDP accepts that password and no other', async function (this: RescueWorld) {
  const { ports } = this.lab.ovh.machine.options;
  const target = { ...this.login, port: ports.rdp };
  assert.deepEqual(await this.workstation.rdp(target).tryLogin(), { outcome: 'accepted' });
  const wrong = await this.workstation.rdp({ ...target, password: wrongPassword }).tryLogin();
  assert.equal(wrong.outcome, 'refused');
});

Then(
  'the logon screen on the KVM console accepts that password and no other',
  async function (this: RescueWorld) {
    await using viewer = await openConsole(this, this.lab.ovh.machine);
    const { user } = this.login;
    await unlockConsole(this, viewer, user);
    await viewer.type(`${wrongPassword}\n`);
    await seeOnConsole(this, viewer, 'The user name or password is incorrect', 'Another password is refused');
    await viewer.type('\n');
    // The refusal names the user too; the other tiles are there with the password's box only.
    await seeOnConsole(this, viewer, [user, 'Other user'], 'The logon screen again');
    await logOnAtConsole(this, viewer, this.login);
  },
);

When('she restarts Windows inside the rescue session', async function (this: RescueWorld) {
  this.serialMark = this.lab.ovh.machine.serial.mark();
  this.client = this.ssh(this.login);
  const { exitCode } = await this.client.exec('shutdown /r /t 0');
  assert.equal(exitCode, 0);
  await this.terminal?.[Symbol.asyncDispose]();
  this.terminal = undefined;
});

Then('the server comes back in Windows rescue mode', async function (this: RescueWorld) {
  await this.lab.ovh.machine.serial.waitFor(/The session document is applied/, {
    what: 'Windows to come back in the rescue session',
    deadline: restartDeadline,
    since: this.serialMark,
  });
  const restarted = this.lab.ovh.machine.serial.text.slice(this.serialMark);
  assert.doesNotMatch(
    restarted,
    /fetching the rescue system/,
    'The server itself restarted, not only Windows in it.',
  );
  assert.ok(this.client, 'nobody restarted Windows');
  // The same client as before knows the server's host key, and accepts no other.
  const { stdout } = await this.client.exec('hostname');
  assert.equal(stdout.trim(), 'WINRESCUEOVH');
});

Then("the server's own Windows starts from its own volume", async function (this: RescueWorld) {
  const { serial } = this.lab.ovh.machine;
  const since = this.serialMark;
  await serial.waitFor(/Windows Boot Manager: starting Windows Server 2008 R2/, {
    what: 'the boot manager to find Windows',
    deadline: restartDeadline,
    since,
  });
  await serial.waitFor(/SSH is listening/, {
    what: 'Windows to come up',
    deadline: restartDeadline,
    since,
  });
});

Then('SSH with its own account reads the note', async function (this: RescueWorld) {
  const { address, ports } = this.lab.ovh.machine.options;
  const own: Login = { host: address, port: ports.ssh, ...ownAccount };
  await this.terminal?.[Symbol.asyncDispose]();
  this.terminal = await openTerminal(this, own);
  assert.match(this.terminal.transcript, /administrator@CUSTOMER C:\\Users\\Administrator>\s*$/);
  const { stdout } = await this.ssh(own).exec(`type E:\\${this.note.name}`);
  assert.equal(stdout.trim(), this.note.content);
});

const ownAccount = { user: installedAdministrator.name, password: installedAdministrator.password };
