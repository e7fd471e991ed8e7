import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import {
  NullPhysicalServer,
  type ServerDescription,
  WINDOWS_RESCUE,
  type WindowsRescueRule,
} from '../simulators/provider';
import type { RescueWorld } from './world';

Given('Nadia has a dedicated server', function (this: RescueWorld) {
  assert.ok(this.api.server);
});

Given(
  'Nadia has a dedicated server with {word} and {int} GB of memory',
  function (this: RescueWorld, os: string, memory: number) {
    describeServer(this, { os, memory });
  },
);

Given('her server stands in the region {word}', function (this: RescueWorld, region: 'EU' | 'CA' | 'US') {
  this.api.options.region = region;
});

Given('the service of her server has run out', function (this: RescueWorld) {
  describeServer(this, { service: 'expired' });
});

Given('her server has no IPMI module', function (this: RescueWorld) {
  describeServer(this, { ipmi: false });
});

Given('she rents a KVM over IP with her server', function (this: RescueWorld) {
  const expiration = this.api.clock.now() + 24 * 3_600_000;
  describeServer(this, { kvm: { name: 'kvm-1.example', ip: '203.0.113.200', expiration } });
});

Given('her server lists the netboots of earlier years', function (this: RescueWorld) {
  const rescue = (bootId: number, kernel: string) => ({
    bootId,
    bootType: 'rescue' as const,
    kernel,
    description: kernel,
  });
  describeServer(this, {
    boots: [
      { bootId: 1, bootType: 'harddisk', kernel: 'hd', description: 'Boot from the hard disk' },
      rescue(1122, 'rescue64-pro'),
      rescue(2424, 'WinRescue'),
    ],
  });
});

Given(
  'the netboot {string} of her server has the option {word} {string}',
  function (this: RescueWorld, kernel: string, option: 'ipv6', value: string) {
    const boots = [
      { bootId: 1, bootType: 'harddisk' as const, kernel: 'hd', description: 'Boot from the hard disk' },
      {
        bootId: 1122,
        bootType: 'rescue' as const,
        kernel,
        description: kernel,
        options: [{ option, value }],
      },
    ];
    describeServer(this, { boots });
  },
);

Given('the firmware of her server starts from the disk first', function (this: RescueWorld) {
  describeServer(this, { netboot: 'boot order' });
});

Given('her server has private networks only', function (this: RescueWorld) {
  describeServer(this, { netboot: 'private network' });
});

Given('her server does not come up in rescue mode', function (this: RescueWorld) {
  describeServer(this, { hardware: new NullPhysicalServer({ comesUp: false }) });
});

Given('her program has set noIntervention to {word}', async function (this: RescueWorld, value: string) {
  await this.api.call('PUT', '/dedicated/server/{server}', { noIntervention: value === 'true' });
});

Given(
  'her server has lost its disk and monitoring is {word}',
  async function (this: RescueWorld, value: string) {
    await this.api.call('PUT', '/dedicated/server/{server}', { monitoring: value === 'true' });
    const { core } = this.api.provider;
    core.faults.add({ kind: 'disk-gone' });
    await this.api.reboot();
  },
);

Given(
  'the provider refuses the Windows rescue system in the {word}',
  function (this: RescueWorld, refusal: WindowsRescueRule['refusal']) {
    this.api.options.windowsRescue = { ...this.api.options.windowsRescue, refusal };
  },
);

Given(
  'the Windows rescue system needs {} 16 GB',
  function (this: RescueWorld, boundary: WindowsRescueRule['boundary']) {
    this.api.options.windowsRescue = { ...this.api.options.windowsRescue, boundary };
  },
);

Given('reads after a change are stale for {int} seconds', function (this: RescueWorld, seconds: number) {
  this.api.options.staleReads = seconds * 1000;
});

Given('the netboot {string} is chosen', async function (this: RescueWorld, kernel: string) {
  await this.api.choose(kernel);
});

Given('her server is in Windows rescue mode', async function (this: RescueWorld) {
  await this.api.choose(WINDOWS_RESCUE);
  await this.api.reboot();
});

Given('her server is in the rescue mode {string}', async function (this: RescueWorld, kernel: string) {
  await this.api.choose(kernel);
  await this.api.reboot();
});

Given(
  'the provider found her server {word}',
  async function (this: RescueWorld, state: 'hacked' | 'hackedBlocked') {
    const { core } = await this.api.start();
    await core.datacentre.markHacked(core.server(this.api.server.name), state);
  },
);

When('technicians of the datacentre leave her server in rescue', async function (this: RescueWorld) {
  const { core } = await this.api.start();
  await core.datacentre.leaveInRescue(core.server(this.api.server.name));
});

When('she chooses the netboot {string}', async function (this: RescueWorld, kernel: string) {
  await this.api.choose(kernel);
});

When('she chooses the netboot {int}', async function (this: RescueWorld, bootId: number) {
  await this.api.call('PUT', '/dedicated/server/{server}', { bootId });
});

When('she chooses the Windows rescue system by its id', async function (this: RescueWorld) {
  // She knows the id from another server of hers.
  const { core } = await this.api.start();
  const boot = core.server(this.api.server.name).boots.find(({ kernel }) => kernel === WINDOWS_RESCUE);
  await this.api.call('PUT', '/dedicated/server/{server}', { bootId: boot?.bootId });
});

When('she chooses the Windows rescue system and restarts her server', async function (this: RescueWorld) {
  await this.api.choose(WINDOWS_RESCUE);
  await this.api.reboot();
});

When('she restarts her server', async function (this: RescueWorld) {
  await this.api.reboot();
});

When('she sets the netboot back to the disk and restarts her server', async function (this: RescueWorld) {
  await this.api.choose('hd');
  await this.api.reboot();
});

When('she restarts Windows inside the rescue system', async function (this: RescueWorld) {
  const { core } = await this.api.start();
  await (core.server(this.api.server.name).hardware as NullPhysicalServer).restartGuest();
});

Then('her server runs {string}', function (this: RescueWorld, kernel: string) {
  const { boot } = this.api.provider.core.server(this.api.server.name);
  assert.equal(boot?.entry.kernel ?? 'hd', kernel);
});

Then('her server finds no disk to boot', function (this: RescueWorld) {
  const { hardware } = this.api.provider.core.server(this.api.server.name);
  assert.ok(hardware instanceof NullPhysicalServer);
  assert.deepEqual([...hardware.lostDisks], [0]);
});

Then(
  'the netboots of her server {word} the Windows rescue system',
  async function (this: RescueWorld, verb: string) {
    const program = await this.api.program();
    const path = `/dedicated/server/${this.api.server.name}/boot`;
    const ids = (await program.get(path)) as number[];
    const boots = (await Promise.all(ids.map((id) => program.get(`${path}/${id}`)))) as { kernel: string }[];
    assert.equal(
      boots.some(({ kernel }) => kernel === WINDOWS_RESCUE),
      verb === 'have',
    );
  },
);

Then('no netboot has the kernel {string}', async function (this: RescueWorld, kernel: string) {
  await assert.rejects(
    this.api.netboot(kernel),
    /No netboot has the kernel .*; there are: hd, rescue64-pro, WinRescue$/,
  );
});

Then('the answer names the netboots that are allowed', async function (this: RescueWorld) {
  const program = await this.api.program();
  const ids = (await program.get(`/dedicated/server/${this.api.server.name}/boot`)) as number[];
  const { message } = this.api.answer.body as { message: string };
  assert.match(message, /^Netboot id \d+ is not valid, must be on list : [\d, ]+$/);
  assert.equal(message.replace(/^.*: /, ''), ids.join(', '));
});

Then('the first netboot of the type rescue is not a rescue system', async function (this: RescueWorld) {
  const program = await this.api.program();
  const path = `/dedicated/server/${this.api.server.name}/boot`;
  const [first] = (await program.get(path, { bootType: 'rescue' })) as number[];
  assert.equal(((await program.get(`${path}/${first}`)) as { kernel: string }).kernel, 'ipxe-shell');
});

Then('her server has {int} intervention(s)', async function (this: RescueWorld, count: number) {
  const program = await this.api.program();
  const ids = (await program.get(`/dedicated/server/${this.api.server.name}/intervention`)) as number[];
  assert.equal(ids.length, count);
});

Then('the netboot of her server is {string}', async function (this: RescueWorld, kernel: string) {
  const program = await this.api.program();
  const { bootId } = (await program.get(`/dedicated/server/${this.api.server.name}`)) as { bootId: number };
  assert.equal(bootId, await this.api.netboot(kernel));
});

/** Changes what her server is, before the lab starts. */
function describeServer(world: RescueWorld, difference: Partial<ServerDescription>): void {
  assert.ok(!world.api.started, 'What her server is has to be said before the first call.');
  world.api.server = { ...world.api.server, ...difference };
}
