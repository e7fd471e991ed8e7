import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { installedAdministrator } from '../images';
import { typeAtPrompt } from '../simulators/lab';
import { waitForWords } from '../simulators/workstation';
import { repairs, terminalOf } from './boot-repair-ways';
import { endRescue } from './cloud-rescue';
import { openConsole } from './console';
import { typeLines } from './terminal';
import type { RescueWorld } from './world';

/** From power-on to a lock screen or a login, under emulation on a busy host (ms). */
const bootDeadline = 300_000;
/** How long a port may say nothing before it counts as silent (ms): a server that is up answers within a second or two. */
const silence = 15_000;

const FIREWALL = 'Services\\SharedAccess\\Parameters\\FirewallPolicy';
const PROFILES = ['DomainProfile', 'StandardProfile', 'PublicProfile'];
const SERVICES = ['sshd', 'TermService'];
/** Start types of services (documented): automatic and disabled. */
const [AUTOMATIC, DISABLED] = [2, 4];

/** Values below a control set: key, name, number. */
type Dword = readonly [key: string, name: string, value: number];

const startOf = (value: number): Dword[] =>
  SERVICES.map((service) => [`Services\\${service}`, 'Start', value] as const);
const exceptions = (value: number): Dword[] =>
  PROFILES.map((profile) => [`${FIREWALL}\\${profile}`, 'DoNotAllowExceptions', value] as const);

/** By the words of a scenario. */
const SETTINGS: Readonly<Record<string, readonly Dword[]>> = {
  'the firewall lets nobody in': exceptions(1),
  'the firewall knows exceptions again': exceptions(0),
  'the services of SSH and Remote Desktop are disabled': startOf(DISABLED),
  'the services of SSH and Remote Desktop start again': startOf(AUTOMATIC),
};

Given(/^in its registry (the .+)$/, async function (this: RescueWorld, words: string) {
  const lines = additions('HKLM\\SYSTEM\\CurrentControlSet', words);
  await typeAtPrompt([this.lab.nova.originalDisk], lines);
});

When(/^she corrects its registry so that (the .+)$/, async function (this: RescueWorld, words: string) {
  const answers = await typeLines(terminalOf(this), [
    `reg load HKLM\\Offline ${this.letters.windows}:\\Windows\\System32\\config\\SYSTEM`,
    ...additions('HKLM\\Offline\\ControlSet001', words),
    'reg unload HKLM\\Offline',
  ]);
  for (const answer of answers) assert.match(answer, /The operation completed successfully\./);
  // The disk got a new signature when it came online.
  await repairs['bcdedit']?.(this);
});

Then('its console waits for somebody to log on', async function (this: RescueWorld) {
  const { machine } = this.lab.nova;
  await machine.serial.waitFor(/starting Windows Server/, {
    what: 'the boot manager to start Windows',
    deadline: bootDeadline,
    since: this.serialMark,
  });
  await using viewer = await openConsole(this, machine);
  const picture = await waitForWords(viewer, 'Press Ctrl+Alt+Delete', { deadline: bootDeadline });
  await this.keep(picture, 'Windows has started');
});

Then(
  /^from outside SSH and RDP are both (silent|refused)$/,
  async function (this: RescueWorld, state: string) {
    const { address: host, ports } = this.lab.nova.machine.options;
    const states = await Promise.all([
      this.workstation.port({ host, port: ports.ssh, protocol: 'ssh' }, { deadline: silence }),
      this.workstation.port({ host, port: ports.rdp, protocol: 'rdp' }, { deadline: silence }),
    ]);
    assert.deepEqual(states, [state, state]);
  },
);

Then('after the rescue it lets its owner in over SSH and RDP', async function (this: RescueWorld) {
  await endRescue(this);
  await this.lab.nova.machine.serial.waitFor(/servers are listening/, {
    what: 'Windows to come up',
    deadline: bootDeadline,
    since: this.serialMark,
  });
  const { address: host, ports } = this.lab.nova.machine.options;
  const { name: user, password } = installedAdministrator;
  const { stdout } = await this.ssh({ host, port: ports.ssh, user, password }).exec('hostname');
  assert.equal(stdout.trim(), 'CUSTOMER');
  const rdp = this.workstation.rdp({ host, port: ports.rdp, user, password });
  assert.deepEqual(await rdp.tryLogin(), { outcome: 'accepted' });
});

function additions(controlSet: string, words: string): string[] {
  const values = SETTINGS[words];
  assert.ok(values, `No setting is called "${words}".`);
  return values.map(
    ([key, name, value]) => `reg add ${controlSet}\\${key} /v ${name} /t REG_DWORD /d ${value} /f`,
  );
}
