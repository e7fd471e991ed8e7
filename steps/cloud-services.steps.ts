import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { readDuration } from '../simulators/provider';
import type { RescueWorld } from './world';

Given("a cloud in Rackspace's dialect", function (this: RescueWorld) {
  this.cloud.options.dialect = 'rackspace';
});

Given('Nadia has a server in the cloud', async function (this: RescueWorld) {
  await this.cloud.provider();
});

Given(
  /^(\w+) has an application credential "([^"]+)"(?: (.+))?$/,
  async function (this: RescueWorld, person: string, name: string, more: string | null) {
    const body = JSON.stringify({ application_credential: { name, ...JSON.parse(more ?? '{}') } });
    const path = `/v3/users/{${person.toLowerCase()} id}/application_credentials`;
    const answer = await this.people.ask(person, 'identity', { method: 'POST', path, body });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const { id, secret } = (answer.body as { application_credential: { id: string; secret: string } })
      .application_credential;
    this.cloud.names.set('credential', id);
    this.cloud.names.set('secret', secret);
  },
);

Given('a token of {word}', async function (this: RescueWorld, person: string) {
  this.cloud.names.set('token', await this.people.token(person));
});

Given(/^(\w+)'s token was ended$/, async function (this: RescueWorld, person: string) {
  const token = await this.people.token(person);
  const headers = { 'x-subject-token': token };
  const path = '/v3/auth/tokens';
  const answer = await this.people.ask(person, 'identity', { method: 'DELETE', path, headers });
  assert.equal(answer.status, 204);
});

Given('{word} have passed in the cloud', async function (this: RescueWorld, time: string) {
  await this.cloud.clock.advance(readDuration(time));
});

When(
  /^(\w+)'s program asks the (identity|compute|image|network|volume) service for (GET|HEAD|POST|PUT|PATCH|DELETE) ((?:\{[^}]*\}|[^\s{])+)(?: with (\{.*\}))?$/,
  async function (
    this: RescueWorld,
    person: string,
    service: string,
    method: string,
    path: string,
    body: string | null,
  ) {
    await this.people.ask(person, service, { method, path, body });
  },
);

When(
  /^(\w+)'s program (checks|ends) that token$/,
  async function (this: RescueWorld, person: string, act: string) {
    const method = act === 'checks' ? 'GET' : 'DELETE';
    const headers = { 'x-subject-token': '{token}' };
    await this.people.ask(person, 'identity', { method, path: '/v3/auth/tokens', headers });
  },
);

When(/^a program signs in with (\{.*\})$/, async function (this: RescueWorld, auth: string) {
  await this.people.signIn(auth);
});

When(
  /^(\w+)'s program asks the (image|volume) service for GET ((?:\{[^}]*\}|[^\s{])+) with the header "([^":]+): ([^"]+)"$/,
  async function (
    this: RescueWorld,
    person: string,
    service: string,
    path: string,
    name: string,
    value: string,
  ) {
    await this.people.ask(person, service, { method: 'GET', path, headers: { [name]: value } });
  },
);

Then(
  'the token is for {word} and the roles {string}',
  function (this: RescueWorld, scope: string, roles: string) {
    const { token } = this.cloud.answer.body as {
      token: { project?: { name: string }; roles?: { name: string }[]; catalog?: object[] };
    };
    assert.deepEqual(
      {
        scope: token.project?.name ?? 'nothing',
        roles: (token.roles ?? []).map(({ name }) => name).join(', '),
        hasCatalog: token.catalog !== undefined,
      },
      { scope, roles, hasCatalog: scope !== 'nothing' },
    );
  },
);

Then('nothing in the answer is of the other customer', async function (this: RescueWorld) {
  const { directory, instances } = await this.cloud.provider();
  const other = directory.userNamed('bo');
  assert.ok(other);
  const foreign = [
    other.id,
    ...directory.projectsOf(other).map(({ id }) => id),
    ...instances.list().flatMap(({ id, name, userId }) => (userId === other.id ? [id, name] : [])),
    'of another customer',
  ];
  const text = JSON.stringify(this.cloud.answer.body) ?? '';
  for (const word of foreign) {
    assert.ok(!text.includes(word), `The answer tells ${word}: ${text}`);
  }
});

Then('the catalog has the services {string}', function (this: RescueWorld, services: string) {
  const { serviceCatalog } = (
    this.cloud.answer.body as {
      access: { serviceCatalog: { name: string; type: string; endpoints: { region?: string }[] }[] };
    }
  ).access;
  const seen = serviceCatalog.map(
    ({ name, type, endpoints }) => `${name} (${type}, ${endpoints[0]?.region ?? 'no region'})`,
  );
  assert.equal(seen.join(', '), services);
});
