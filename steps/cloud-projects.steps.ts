import assert from 'node:assert/strict';
import { Given, Then } from '@cucumber/cucumber';
import type { RescueWorld } from './world';

Given("the guests of the cloud's image run QEMU's agent", async function (this: RescueWorld) {
  const { images, image } = await this.cloud.provider();
  const { properties } = images.get(image) ?? {};
  images.update(image, { properties: { ...properties, hw_qemu_guest_agent: 'yes' } });
});

/** In the words of microversion 2.64 and later. */
async function makeGroup({ cloud }: RescueWorld, name: string): Promise<void> {
  const wanted = JSON.stringify({ server_group: { name, policy: 'affinity' } });
  const { body } = await cloud.call('POST', '/os-server-groups', wanted);
  cloud.names.set(name, (body as { server_group: { id: string } }).server_group.id);
}

Given('her program has made the server group {string}', async function (this: RescueWorld, name: string) {
  await makeGroup(this, name);
});

Given(
  'her program has made the server {string} in a new group {string}',
  async function (this: RescueWorld, name: string, group: string) {
    await makeGroup(this, group);
    const hints = { 'os:scheduler_hints': { group: `{${group}}` } };
    await this.cloud.makeServer(name, { networks: 'auto' }, hints);
  },
);

Then(
  'the {string} in the answer has exactly the fields {}',
  function (this: RescueWorld, thing: string, names: string) {
    const shown = (this.cloud.answer.body as Record<string, object>)[thing];
    const known = Object.keys(shown ?? {}).filter((name) => name !== 'private_key');
    assert.deepEqual(known.sort(), names.split(', ').sort());
  },
);

Then(
  /^GET (\S+) shows the "([^"]+)" with (?:exactly the fields (\w.*)|(\{.*\}))$/,
  async function (this: RescueWorld, path: string, thing: string, names: string | null, part: string | null) {
    const { body } = await this.cloud.call('GET', path);
    const shown = (body as Record<string, Record<string, unknown>>)[thing];
    assert.ok(shown, JSON.stringify(body));
    if (names !== null) assert.deepEqual(Object.keys(shown).sort(), names.split(', ').sort());
    if (part !== null) {
      const wanted = JSON.parse(await this.cloud.filledIn(part)) as Record<string, unknown>;
      const seen = Object.fromEntries(Object.keys(wanted).map((name) => [name, shown[name]]));
      assert.deepEqual(seen, wanted);
    }
  },
);

Then('the answer has {int} absolute limits', function (this: RescueWorld, count: number) {
  const { limits } = this.cloud.answer.body as { limits: { absolute: object } };
  assert.equal(Object.keys(limits.absolute).length, count, Object.keys(limits.absolute).join(', '));
});
