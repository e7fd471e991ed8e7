import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { RescueWorld } from './world';

Given('her program asks for microversion {word}', function (this: RescueWorld, version: string) {
  this.cloud.microversion = version;
});

When(/^her program asks her cloud server for (\{.*\})$/, async function (this: RescueWorld, action: string) {
  await this.cloud.act(action);
});

When(
  /^her program asks her cloud server for (\{.*\}), and it comes to its end$/,
  async function (this: RescueWorld, action: string) {
    const { status, body } = await this.cloud.act(action);
    assert.ok(status < 300, JSON.stringify(body));
    await this.cloud.settle();
  },
);

When(
  /^her program asks the cloud for (GET|HEAD|POST|PUT|DELETE) (\S+)(?: with (?!the header)(.+))?$/,
  async function (this: RescueWorld, method: string, path: string, body: string | null) {
    await this.cloud.call(method, path, body ?? undefined);
  },
);

When(
  /^her program asks the cloud for (GET|POST) (\S+) with the header "([^":]+): ([^"]*)"(?: and (.+))?$/,
  async function (
    this: RescueWorld,
    method: string,
    path: string,
    name: string,
    value: string,
    body: string | null,
  ) {
    await this.cloud.call(method, path, body ?? undefined, { [name]: value });
  },
);

When(/^a program asks for \/compute(\S*)$/, async function (this: RescueWorld, path: string) {
  await this.cloud.callAt(`/compute${path}`);
});

Given(
  /^her program has made the server "([^"]+)"(?: with (\{.*\}))?$/,
  async function (this: RescueWorld, name: string, more: string | null) {
    const version = this.cloud.microversion;
    const networks = Number(version?.split('.')[1] ?? 1) >= 37 ? { networks: 'auto' } : {};
    await this.cloud.makeServer(name, { ...JSON.parse(more ?? '{}'), ...networks });
    await this.cloud.clock.advance(10_000);
  },
);

Given(
  'her program has made the server {string} and deleted it',
  async function (this: RescueWorld, name: string) {
    await this.cloud.makeServer(name);
    await this.cloud.clock.advance(10_000);
    assert.equal((await this.cloud.call('DELETE', `/servers/{${name}}`)).status, 204);
    await this.cloud.clock.advance(10_000);
  },
);

Then(/^the server in the answer has exactly the fields (.+)$/, function (this: RescueWorld, names: string) {
  const { server } = this.cloud.answer.body as { server: object };
  assert.deepEqual(Object.keys(server).sort(), names.split(', ').sort());
});

Then(
  /^the server in the answer has Nova's fields(?: and )?(.*)$/,
  function (this: RescueWorld, more: string) {
    const { server } = this.cloud.answer.body as { server: object };
    const names = more === '' ? [] : more.split(', ');
    assert.deepEqual(Object.keys(server).sort(), [...FIELDS, ...names].sort());
  },
);

Then('the cloud gives a password of {int} letters and digits', function (this: RescueWorld, length: number) {
  const { adminPass } = this.cloud.answer.body as { adminPass: string };
  assert.match(adminPass, /^(?=.*[2-9])(?=.*[A-Z])(?=.*[a-z])[2-9A-Za-z]+$/);
  assert.equal(adminPass.length, length);
});

Then(/^the cloud's answer is "(.*)"$/, async function (this: RescueWorld, expected: string) {
  const { body } = this.cloud.answer;
  assert.equal(body === undefined ? '' : JSON.stringify(body), await this.cloud.filledIn(expected));
});

Then("the cloud's answer has no field {word}", function (this: RescueWorld, field: string) {
  assert.ok(!JSON.stringify(this.cloud.answer.body).includes(`"${field}"`), `There is a field ${field}.`);
});

/** Under `/v2`, with the project in the path. */
When(/^her program asks the old API for (\{.*\})$/, async function (this: RescueWorld, action: string) {
  await this.cloud.call('POST', '/../v2/{project}/servers/{server}/action', action);
});

/** A server alone or the first of a list. */
Then(/^the first server in the answer shows (\{.*\})$/, async function (this: RescueWorld, expected: string) {
  const { server, servers } = this.cloud.answer.body as { server?: Fields; servers?: Fields[] };
  const seen = server ?? servers?.[0];
  assert.ok(seen, JSON.stringify(this.cloud.answer.body));
  const wanted = JSON.parse(await this.cloud.filledIn(expected)) as Fields;
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, seen[name]])), wanted);
});

Then(/^the next page of the answer lists (\[.*\])$/, async function (this: RescueWorld, names: string) {
  const { servers_links: links } = this.cloud.answer.body as {
    servers_links: { rel: string; href: string }[];
  };
  assert.equal(links[0]?.rel, 'next');
  const { search } = new URL(links[0].href);
  const { body } = await this.cloud.call('GET', `/servers${search}`);
  assert.deepEqual(
    (body as { servers: { name: string }[] }).servers.map(({ name }) => name),
    JSON.parse(names),
  );
});

Then('the versions in the answer are {string}', function (this: RescueWorld, expected: string) {
  const { versions } = this.cloud.answer.body as {
    versions: { id: string; status: string; version: string; min_version: string }[];
  };
  const told = versions.map(
    ({ id, status, version, min_version }) =>
      `${id} ${status} ${version === '' ? '' : `${min_version}-${version}`}`,
  );
  assert.equal(told.join(', '), expected);
});

Then('the attachment in the answer has the fields {}', function (this: RescueWorld, names: string) {
  const { volumeAttachment } = this.cloud.answer.body as { volumeAttachment: object };
  assert.equal(Object.keys(volumeAttachment).sort().join(', '), names);
});

Then('the networks in the answer are {string}', function (this: RescueWorld, expected: string) {
  const { addresses } = this.cloud.answer.body as { addresses: Record<string, { version: number }[]> };
  const told = Object.entries(addresses).map(
    ([name, list]) => `${name} (${list.map(({ version }) => version).join(', ')})`,
  );
  assert.equal(told.join(', '), expected);
});

type Fields = Readonly<Record<string, unknown>>;

/** The newest first, with the message of those that failed. */
Then('the recorded actions are {string}', function (this: RescueWorld, expected: string) {
  const { instanceActions } = this.cloud.answer.body as {
    instanceActions: { action: string; message: string | null }[];
  };
  const told = instanceActions.map(({ action, message }) => (message ? `${action}: ${message}` : action));
  assert.equal(told.join(', '), expected);
});

/** The fields that every server view has (nova/api/openstack/compute/views/servers.py); nothing of our own may join them. */
const FIELDS = [
  'OS-DCF:diskConfig OS-EXT-AZ:availability_zone OS-EXT-STS:power_state OS-EXT-STS:task_state',
  'OS-EXT-STS:vm_state OS-SRV-USG:launched_at OS-SRV-USG:terminated_at accessIPv4 accessIPv6 addresses',
  'config_drive created flavor hostId id image key_name links metadata name',
  'os-extended-volumes:volumes_attached security_groups status tenant_id updated user_id',
].flatMap((line) => line.split(' '));
