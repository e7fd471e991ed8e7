import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { installedAdministrator } from '../images';
import { runSecrets } from '../simulators/evidence';
import { writeKept } from './diskpart';
import {
  askForServer,
  bootDeadline,
  cloudOf,
  loginTo,
  machineOf,
  madeServer,
  makeServer,
  markSerial,
  untilProvisioned,
} from './made-server';
import { openTerminal, typeInDiskpart } from './terminal';
import type { RescueWorld } from './world';

/** Longer than a server takes to greet a login (ms). */
const silence = 8000;

const startLab = (world: RescueWorld, room?: number) =>
  world.startLab({ families: ['nova'], cloud: room === undefined ? {} : { room } });
const wanted = (more: string | null): object => (more === null ? {} : (JSON.parse(more) as object));

Given("Nadia's cloud has machines", async function (this: RescueWorld) {
  await startLab(this);
});

Given("Nadia's cloud has room for {int} server(s)", async function (this: RescueWorld, room: number) {
  await startLab(this, room);
});

When(
  /^she makes the server "([^"]+)"(?: with (\{.*\}))?$/,
  async function (this: RescueWorld, name: string, more: string | null) {
    await makeServer(this, name, wanted(more));
  },
);

When('her program asks for the server {string}', async function (this: RescueWorld, name: string) {
  await askForServer(this, name);
});

Given(
  /^her cloud with machines runs the server "([^"]+)" with (\{.*\})$/,
  async function (this: RescueWorld, name: string, more: string) {
    await startLab(this);
    await makeServer(this, name, wanted(more));
    await untilProvisioned(this);
  },
);

Given(
  /^her cloud with machines runs the server "([^"]+)" from a volume of (\d+) GiB with (\{.*\})$/,
  async function (this: RescueWorld, name: string, size: string, more: string) {
    const { nova } = await startLab(this);
    const image = { source_type: 'image', uuid: nova.provider.image, volume_size: Number(size) };
    const device = { ...image, destination_type: 'volume', boot_index: 0 };
    await makeServer(this, name, { ...wanted(more), block_device_mapping_v2: [device] });
    this.cloudIds.volume = nova.provider.volumes.list()[0]?.id ?? '';
    await untilProvisioned(this);
  },
);

When(
  /^she makes the server "([^"]+)" of that volume with (\{.*\})$/,
  async function (this: RescueWorld, name: string, more: string) {
    const { volume: uuid } = this.cloudIds;
    const device = { source_type: 'volume', destination_type: 'volume', uuid, boot_index: 0 };
    this.serialMark = 0;
    await makeServer(this, name, { ...wanted(more), block_device_mapping_v2: [device] });
  },
);

When(
  /^she makes the server "([^"]+)" with that image and (\{.*\})$/,
  async function (this: RescueWorld, name: string, more: string) {
    this.serialMark = 0;
    await makeServer(this, name, { ...wanted(more), imageRef: this.cloudIds.image });
  },
);

Then('its password opens Windows on the computer {string}', async function (this: RescueWorld, name: string) {
  await untilProvisioned(this);
  const { stdout } = await this.ssh(await loginTo(this)).exec('hostname');
  assert.equal(stdout.trim(), name);
});

Then('that Windows has one disk, of {int} GB', async function (this: RescueWorld, size: number) {
  const terminal = await openTerminal(this, await loginTo(this));
  this.terminal = terminal;
  const table = (await typeInDiskpart(terminal, ['list disk'])).at(-1) ?? '';
  assert.match(table, new RegExp(`Disk 0 +Online +${size} GB`));
  assert.doesNotMatch(table, /Disk 1/);
});

Then("its password is refused, and the image's own opens it", async function (this: RescueWorld) {
  await machineOf(this).serial.waitFor(/SSH is listening/, {
    what: 'Windows to come up',
    deadline: bootDeadline,
  });
  const { outcome } = await this.ssh(await loginTo(this)).tryLogin();
  assert.equal(outcome, 'refused');
  const own = await loginTo(this, installedAdministrator.password);
  assert.equal((await this.ssh(own).tryLogin()).outcome, 'accepted');
});

Then('it is in ERROR, for {string}', async function (this: RescueWorld, reason: string) {
  const { nova } = this.lab;
  const { id } = madeServer(this);
  const instance = nova.provider.instances.get(id);
  const isDone = () => instance.taskState === null;
  if (!isDone()) await nova.provider.instances.events.waitFor('changed', isDone);
  const { body } = await (await cloudOf(this)).call('GET', `/servers/${id}`);
  const { server } = body as { server: { status: string; fault?: { message: string } } };
  assert.deepEqual([server.status, server.fault?.message], ['ERROR', reason]);
  assert.equal(nova.machineOf(id), undefined);
});

Given('she has left the file {string} on that server', async function (this: RescueWorld, file: string) {
  await leaveFile(this, file);
});

async function leaveFile(world: RescueWorld, file: string): Promise<void> {
  const terminal = await openTerminal(world, await loginTo(world));
  await writeKept(terminal, file);
  await terminal[Symbol.asyncDispose]();
}

Then('the file {string} is on that server', async function (this: RescueWorld, file: string) {
  const { stdout } = await this.ssh(await loginTo(this)).exec(`type ${file}`);
  assert.equal(stdout.trim(), 'kept');
});

Then('the file {string} is not on that server', async function (this: RescueWorld, file: string) {
  const { exitCode, stdout, stderr } = await this.ssh(await loginTo(this)).exec(`type ${file}`);
  assert.equal(exitCode, 1, stdout);
  assert.match(stdout + stderr, /The system cannot find the file specified\./);
});

When('she asks the cloud to rescue that server', async function (this: RescueWorld) {
  const { id } = madeServer(this);
  const cloud = await cloudOf(this);
  markSerial(this);
  const { adminPass } = (await cloud.act(id, { rescue: null })) as { adminPass: string };
  runSecrets.add(adminPass);
  await cloud.waitForStatus(id, 'RESCUE');
  this.rescue = await loginTo(this, adminPass);
});

Then('the rescue password opens it, with its own disk as the second one', async function (this: RescueWorld) {
  await untilProvisioned(this);
  assert.equal((await this.ssh(this.login).tryLogin()).outcome, 'accepted');
  const { disks = [] } = (await machineOf(this).running()).description;
  assert.deepEqual(
    disks.map(({ id }) => id),
    ['rescue', 'root', 'config-2'],
  );
});

Then('after the rescue its own password opens it', async function (this: RescueWorld) {
  const { id } = madeServer(this);
  const cloud = await cloudOf(this);
  markSerial(this);
  await cloud.act(id, { unrescue: null });
  await cloud.waitForStatus(id, 'ACTIVE');
  await untilProvisioned(this);
  assert.equal((await this.ssh(await loginTo(this)).tryLogin()).outcome, 'accepted');
  assert.equal((await this.ssh(this.login).tryLogin()).outcome, 'refused');
});

When(
  'she asks the cloud to make that server anew with the password {string}',
  async function (this: RescueWorld, adminPass: string) {
    const { id, password } = madeServer(this);
    runSecrets.add(adminPass);
    const cloud = await cloudOf(this);
    markSerial(this);
    await cloud.act(id, { rebuild: { imageRef: this.lab.nova.provider.image, adminPass } });
    await cloud.waitForStatus(id, 'ACTIVE');
    this.rescue = await loginTo(this, password);
    this.made = { id, password: adminPass };
  },
);

Then(
  'the password {string} opens that server, and the old one does not',
  async function (this: RescueWorld, password: string) {
    await untilProvisioned(this);
    assert.equal((await this.ssh(await loginTo(this, password)).tryLogin()).outcome, 'accepted');
    assert.equal((await this.ssh(this.login).tryLogin()).outcome, 'refused');
  },
);

When('she asks the cloud to delete that server', async function (this: RescueWorld) {
  await deleteServer(this);
});

Given(
  'she has left the file {string} on that server, and deleted it',
  async function (this: RescueWorld, file: string) {
    await leaveFile(this, file);
    await deleteServer(this);
  },
);

async function deleteServer(world: RescueWorld): Promise<void> {
  const { id } = madeServer(world);
  const { events } = world.lab.nova.provider.instances;
  world.rescue = await loginTo(world);
  const gone = events.waitFor('deleted', (instance) => instance.id === id);
  const { status } = await (await cloudOf(world)).call('DELETE', `/servers/${id}`);
  assert.equal(status, 204);
  await gone;
}

Then('nobody answers at its address, and its machine is gone', async function (this: RescueWorld) {
  const { outcome } = await this.ssh(this.login).tryLogin({ deadline: silence });
  assert.equal(outcome, 'unreachable');
  assert.equal(this.lab.nova.machineOf(madeServer(this).id), undefined);
});
