import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Given, Then, When } from '@cucumber/cucumber';
import { installedAdministrator } from '../images';
import { runSecrets } from '../simulators/evidence';
import { windowsProfiles } from '../simulators/windows/profiles';
import { CloudClient } from './cloud-client';
import { orderRescue, startCloudServer } from './cloud-rescue';
import { seeOnSerialLine } from './cloud-screen';
import { writeKept } from './diskpart';
import { openTerminal, typeInDiskpart } from './terminal';
import type { Login, RescueWorld } from './world';

/** Longer than a server takes to greet a login (ms). */
const silence = 8000;
/** The guest lets go of a disk, or takes one in, under emulation on a busy host (ms). */
const volumeDeadline = 90_000;
const askAgain = 100;

const client = (world: RescueWorld): Promise<CloudClient> => CloudClient.signIn(world.lab.nova.provider);

/** How the owner of the installed system logs in. */
function ownersLogin({ lab }: RescueWorld, password: string = installedAdministrator.password): Login {
  const { address, ports } = lab.nova.machine.options;
  return { host: address, port: ports.ssh, user: installedAdministrator.name, password };
}

async function startLab(world: RescueWorld, guestAgent = false): Promise<void> {
  await world.startLab({ families: ['nova'], cloud: { guestAgent } });
  world.installed = { profile: windowsProfiles['windows-server-2008-r2'], firmware: 'BIOS' };
  await startCloudServer(world);
}

Given("Nadia's cloud server runs Windows with QEMU's guest agent", async function (this: RescueWorld) {
  await startLab(this, true);
  await seeOnSerialLine(this, /The guest agent listens/);
  await seeOnSerialLine(this, /SSH is listening/);
});

Given("Nadia's cloud server starts Windows with QEMU's guest agent", async function (this: RescueWorld) {
  await startLab(this, true);
});

Given('she works at a prompt of her cloud server', async function (this: RescueWorld) {
  await startLab(this);
  await openPrompt(this);
});

async function openPrompt(world: RescueWorld): Promise<void> {
  await seeOnSerialLine(world, /SSH is listening/);
  world.terminal = await openTerminal(world, ownersLogin(world));
}

When('her program changes its password to {string}', async function (this: RescueWorld, password: string) {
  runSecrets.add(password);
  const { serverId } = this.lab.nova;
  const body = { changePassword: { adminPass: password } };
  const answer = await (await client(this)).call('POST', `/servers/${serverId}/action`, body);
  this.seen = JSON.stringify(answer);
});

Then(
  /^the cloud has answered (\d+)(?: "([^"]+)")?$/,
  function (this: RescueWorld, status: string, message: string | null) {
    const answer = JSON.parse(this.seen) as { status: number; body?: Record<string, { message: string }> };
    const [fault] = Object.values(answer.body ?? {});
    assert.deepEqual([answer.status, fault?.message], [Number(status), message ?? undefined]);
  },
);

Then(
  'the password {string} opens it, and the old one does not',
  async function (this: RescueWorld, password: string) {
    const { stdout } = await this.ssh(ownersLogin(this, password)).exec('hostname');
    assert.equal(stdout.trim(), 'CUSTOMER');
    const { outcome } = await this.ssh(ownersLogin(this)).tryLogin();
    assert.equal(outcome, 'refused');
  },
);

Given(
  /^she asks the cloud for (\{.*\}), and it is (\w+)$/,
  async function (this: RescueWorld, action: string, status: string) {
    const { nova } = this.lab;
    this.serialMark = nova.machine.serial.mark();
    const cloud = await client(this);
    await cloud.act(nova.serverId, JSON.parse(action) as object);
    await cloud.waitForStatus(nova.serverId, status);
    if (status !== 'ACTIVE') this.terminal?.sendLine('echo carried-%SystemDrive%-out');
    if (status === 'PAUSED' || status === 'SUSPENDED') await expectSilence(this);
  },
);

/** A machine that stands still takes connections, as its host does that for it, and says nothing. */
async function expectSilence(world: RescueWorld): Promise<void> {
  const { outcome } = await world.ssh(ownersLogin(world)).tryLogin({ deadline: silence });
  assert.equal(outcome, 'unreachable');
  assert.doesNotMatch(world.terminal?.transcript ?? '', /carried-C:-out/);
}

Then('what she typed meanwhile was carried out only now', async function (this: RescueWorld) {
  const { terminal } = this;
  assert.ok(terminal);
  await terminal.waitFor(/carried-C:-out/, { deadline: volumeDeadline });
});

Given('nobody can reach it', async function (this: RescueWorld) {
  await this.terminal?.[Symbol.asyncDispose]();
  this.terminal = undefined;
  const { outcome } = await this.ssh(ownersLogin(this)).tryLogin({ deadline: silence });
  assert.equal(outcome, 'unreachable');
  await assert.rejects(this.lab.nova.machine.running(), /has no running machine: its power is off/);
});

Given('she has left the file {string} on it', async function (this: RescueWorld, file: string) {
  await leaveFile(this, file);
});

async function leaveFile({ terminal }: RescueWorld, file: string): Promise<void> {
  assert.ok(terminal);
  await writeKept(terminal, file);
}

Given('her program has made an image of it', async function (this: RescueWorld) {
  await makeImage(this);
});

Given(
  'her program has made an image of it, with the file {string}',
  async function (this: RescueWorld, file: string) {
    await leaveFile(this, file);
    await makeImage(this);
  },
);

async function makeImage(world: RescueWorld): Promise<void> {
  const { provider, serverId } = world.lab.nova;
  const answer = await (await client(world)).call('POST', `/servers/${serverId}/action`, {
    createImage: { name: 'copy' },
  });
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  const instance = provider.instances.get(serverId);
  const isDone = () => instance.taskState === null;
  if (!isDone()) await provider.instances.events.waitFor('changed', isDone);
  const image = provider.images.list().find(({ name }) => name === 'copy');
  assert.equal(image?.status, 'active');
  world.cloudIds.image = image.id;
}

When(
  'she asks the cloud to make it anew from its image with the password {string}',
  async function (this: RescueWorld, adminPass: string) {
    const { provider, serverId, machine } = this.lab.nova;
    runSecrets.add(adminPass);
    this.serialMark = machine.serial.mark();
    const cloud = await client(this);
    await cloud.act(serverId, { rebuild: { imageRef: provider.image, adminPass } });
    await cloud.waitForStatus(serverId, 'ACTIVE');
    this.rescue = ownersLogin(this, adminPass);
  },
);

Then('the new password opens it', async function (this: RescueWorld) {
  await seeOnSerialLine(this, /The session document is applied/);
  assert.equal((await this.ssh(this.login).tryLogin()).outcome, 'accepted');
});

Then('the file {string} is not on it any more', async function (this: RescueWorld, file: string) {
  const { exitCode, stdout, stderr } = await this.ssh(this.login).exec(`type ${file}`);
  assert.equal(exitCode, 1, stdout);
  assert.match(stdout + stderr, /The system cannot find the file specified\./);
});

When('she asks the cloud to rescue it with the image', async function (this: RescueWorld) {
  await this.terminal?.[Symbol.asyncDispose]();
  this.terminal = undefined;
  await orderRescue(this, { rescue_image_ref: this.cloudIds.image });
});

Then('the file {string} is on the rescue disk', async function (this: RescueWorld, file: string) {
  await seeOnSerialLine(this, /The session document is applied/);
  const { disks = [] } = (await this.lab.nova.machine.running()).description;
  assert.equal(disks[0]?.id, 'rescue');
  const { stdout } = await this.ssh(this.login).exec(`type ${file}`);
  assert.equal(stdout.trim(), 'kept');
});

Given(
  'her program has attached a volume of {int} GiB to it',
  async function (this: RescueWorld, size: number) {
    const { provider, serverId } = this.lab.nova;
    const { projectId, userId } = provider.instances.get(serverId);
    const created = this.lab.clock.now();
    const id = '9f5e1c1e-7a53-4a4b-9a3e-6f0d6c1b7e11';
    provider.volumes.add({
      ...{ id, name: 'data', projectId, userId, size, status: 'available', bootable: false },
      ...{ imageMetadata: {}, attachments: [], created, updated: created },
    });
    this.cloudIds.volume = id;
    const body = { volumeAttachment: { volumeId: id } };
    const path = `/servers/${serverId}/os-volume_attachments`;
    const answer = await (await client(this)).call('POST', path, body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    await untilVolume(this, 'in-use');
  },
);

When('her program detaches the volume', async function (this: RescueWorld) {
  const path = `/servers/${this.lab.nova.serverId}/os-volume_attachments/${this.cloudIds.volume}`;
  const answer = await (await client(this)).call('DELETE', path);
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  await untilVolume(this, 'available');
});

/** What the host does to a volume is told by the volume's status alone, which has no events. */
async function untilVolume({ lab, cloudIds }: RescueWorld, status: string): Promise<void> {
  const { volumes } = lab.nova.provider;
  const until = performance.now() + volumeDeadline;
  for (;;) {
    const seen = volumes.get(cloudIds.volume)?.status;
    if (seen === status) return;
    assert.ok(performance.now() < until, `The volume is ${seen}, not ${status}.`);
    await pause(askAgain);
  }
}

Then(
  /^Windows finds (?:no disk (\d)|the disk (\d) of (\d+ [MG]B))( when it looks again)?$/,
  async function (
    this: RescueWorld,
    missing: string | null,
    number: string | null,
    size: string | null,
    again: string | null,
  ) {
    if (this.terminal === undefined) await openPrompt(this);
    assert.ok(this.terminal);
    const lines = again === null ? ['list disk'] : ['rescan', 'list disk'];
    const disk = new RegExp(number === null ? `Disk ${missing} ` : `Disk ${number} +\\w+ +${size}`);
    const until = performance.now() + volumeDeadline;
    // The kernel below takes a moment to find what was plugged in.
    for (;;) {
      const table = (await typeInDiskpart(this.terminal, lines)).at(-1) ?? '';
      if (disk.test(table) === (number !== null)) return;
      assert.ok(again !== null && performance.now() < until, table);
      await pause(askAgain);
    }
  },
);

Given('her SSH knows her cloud server', async function (this: RescueWorld) {
  await startLab(this);
  await seeOnSerialLine(this, /SSH is listening/);
  this.client = this.ssh(ownersLogin(this));
  assert.equal((await this.client.tryLogin()).outcome, 'accepted');
});

Then('her SSH finds another host key, and does not log in', async function (this: RescueWorld) {
  await seeOnSerialLine(this, /The session document is applied/);
  assert.ok(this.client);
  const attempt = await this.client.tryLogin();
  assert.equal(attempt.outcome, 'unreachable');
  assert.match(
    'detail' in attempt ? attempt.detail : '',
    /HOST IDENTIFICATION HAS CHANGED|Host key verification failed/,
  );
});
