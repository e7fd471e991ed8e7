import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { RescueWorld } from './world';

interface Shown {
  readonly status: string;
  readonly hostId: string;
  readonly fault?: { readonly code: number; readonly message: string };
}

/** What a machine of this cloud takes for a thing, and more (ms). */
const pace = 5000;

const inGroup = { 'os:scheduler_hints': { group: '{group}' } };

Given('the cloud has {int} compute host(s)', function (this: RescueWorld, count: number) {
  this.cloud.options.hosts = Array.from({ length: count }, (_, index) => `compute-${index + 1}`);
});

Given('the hosts of the cloud have room for {int} server(s)', function (this: RescueWorld, room: number) {
  this.cloud.options.roomFor = ({ length }) => room - length;
});

Given(
  /^her program has made the server "([^"]+)" in a new group with (\{.*\})$/,
  async function (this: RescueWorld, name: string, group: string) {
    // The first version whose groups have rules.
    this.cloud.microversion = '2.64';
    const body = { server_group: { name: 'web', ...(JSON.parse(group) as object) } };
    const answer = await this.cloud.call('POST', '/os-server-groups', JSON.stringify(body));
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    this.cloud.names.set('group', (answer.body as { server_group: { id: string } }).server_group.id);
    await make(this, name, {}, inGroup);
  },
);

When('her program makes the server {string} in that group', async function (this: RescueWorld, name: string) {
  await make(this, name, {}, inGroup);
});

When(
  'her program makes {int} servers {string} in that group',
  async function (this: RescueWorld, count: number, name: string) {
    await make(this, name, { min_count: count }, inGroup);
  },
);

Given('her program has made {int} servers', async function (this: RescueWorld, count: number) {
  for (let number = 1; number <= count; number += 1) await make(this, `shop-${'abcdefghij'[number]}`, {});
});

Given('she has deleted one of them', async function (this: RescueWorld) {
  const { status } = await this.cloud.call('DELETE', '/servers/{shop-b}');
  assert.equal(status, 204);
  await settleAll(this);
});

async function make(world: RescueWorld, name: string, more: object, beside: object = {}): Promise<void> {
  // From 2.37 on a server has to say that it does not mind.
  const networks = world.cloud.microversion === undefined ? {} : { networks: 'auto' };
  await world.cloud.makeServer(name, { ...networks, ...more }, beside);
  await settleAll(world);
}

Then('the list of servers has {int}', async function (this: RescueWorld, count: number) {
  const { body } = await this.cloud.call('GET', '/servers');
  assert.equal((body as { servers: unknown[] }).servers.length, count);
});

/** Lets what all servers are doing come to its end, in lab time. */
async function settleAll({ cloud }: RescueWorld): Promise<void> {
  const { instances } = await cloud.provider();
  const busy = () => instances.list().filter(({ taskState }) => taskState !== null);
  for (let left = 10; busy().length > 0; left -= 1) {
    assert.ok(left > 0, `Still busy: ${busy().map(({ name }) => name)}`);
    await cloud.clock.advance(pace);
  }
}

Then(
  /^the server "([^"]+)" is (\w+) (?:for (\d+) "([^"]+)"|on (another host than|the host of) "([^"]+)")$/,
  async function (
    this: RescueWorld,
    name: string,
    status: string,
    code: string | null,
    message: string | null,
    relation: string | null,
    other: string | null,
  ) {
    const { cloud } = this;
    const show = async (wanted: string): Promise<Shown> => {
      const { body } = await cloud.call('GET', `/servers/detail?name=^${wanted}$`);
      const [server] = (body as { servers: Shown[] }).servers;
      assert.ok(server, `There is no server ${wanted}.`);
      return server;
    };
    const server = await show(name);
    assert.equal(server.status, status);
    if (code !== null) {
      assert.deepEqual([server.fault?.code, server.fault?.message], [Number(code), message]);
      assert.equal(server.hostId, '');
    } else {
      const same = server.hostId === (await show(other ?? '')).hostId;
      assert.equal(same, relation === 'the host of');
    }
  },
);
