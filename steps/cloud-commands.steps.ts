import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { RescueWorld } from './world';

Given('Nadia points openstack and nova at her cloud', async function (this: RescueWorld) {
  await this.desk.open('nova');
});

Given('she typed {string}', async function (this: RescueWorld, command: string) {
  await this.desk.type(filledIn(this, command));
  assert.equal(this.desk.result.exitCode, 0, this.desk.result.stderr);
});

Given('her server is in rescue', async function (this: RescueWorld) {
  const { cloud, serverId } = this.desk;
  await askCloud(this, `/servers/${serverId}/action`, { rescue: null });
  assert.equal(cloud.instances.get(serverId).projectId, cloud.projectId);
  await this.desk.settled('rescued');
});

Given('the image of her server was deleted', function (this: RescueWorld) {
  this.desk.cloud.images.delete(this.desk.cloud.image);
});

Given('her server {string} boots from a volume', async function (this: RescueWorld, name: string) {
  const { cloud } = this.desk;
  const volume = {
    id: '99999999-2222-4333-8444-555555555555',
    deleteOnTermination: false,
    device: '/dev/vda',
    tag: null,
    bdmId: '99999999-2222-4333-8444-666666666666',
    attachmentId: '99999999-2222-4333-8444-777777777777',
  };
  await cloud.adopt({ name, imageId: undefined, volumes: [volume] });
});

Given('she exports {string}', function (this: RescueWorld, settings: string) {
  const parts = settings.matchAll(/(\w+)=(\{[^}]*\}|\S*)/g);
  this.desk.export(
    Object.fromEntries([...parts].map(([, name, value]) => [name, filledIn(this, value ?? '')])),
  );
});

Given('she signs in by an application credential that she made', async function (this: RescueWorld) {
  const { stdout } = await this.desk.type('openstack application credential create ci -f json');
  const { id, secret } = JSON.parse(stdout) as { id: string; secret: string };
  this.desk.export({
    OS_AUTH_TYPE: 'v3applicationcredential',
    OS_APPLICATION_CREDENTIAL_ID: id,
    OS_APPLICATION_CREDENTIAL_SECRET: secret,
    OS_USERNAME: undefined,
    OS_PASSWORD: undefined,
    OS_PROJECT_NAME: undefined,
    OS_PROJECT_ID: undefined,
    OS_USER_DOMAIN_NAME: undefined,
    OS_PROJECT_DOMAIN_NAME: undefined,
  });
});

When('she types {string}', async function (this: RescueWorld, command: string) {
  await this.desk.type(filledIn(this, command));
});

Then('it prints nothing and ends with {int}', function (this: RescueWorld, code: number) {
  const { exitCode, stdout } = this.desk.result;
  assert.deepEqual({ exitCode, stdout }, { exitCode: code, stdout: '' }, this.desk.result.stderr);
});

/** A line is as it is, or as the cells of a table with single spaces between them. */
Then('it prints {string}', function (this: RescueWorld, text: string) {
  const { exitCode, stdout, stderr } = this.desk.result;
  assert.equal(exitCode, 0, stderr);
  const lines = stdout.split('\n').map((line) => line.replace(/[|\s]+/g, ' ').trim());
  assert.ok(lines.includes(filledIn(this, text)), `It printed:\n${stdout}`);
});

Then(/^it prints a line like (.+)$/, function (this: RescueWorld, pattern: string) {
  const { exitCode, stdout, stderr } = this.desk.result;
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, new RegExp(filledIn(this, pattern), 'm'));
});

Then(/^it fails and says (.+)$/, function (this: RescueWorld, text: string) {
  const { exitCode, stdout, stderr } = this.desk.result;
  assert.equal(exitCode, 1, stderr);
  // `nova reboot` tells the reason on standard output, and that there was one on the other.
  const all = stdout + stderr;
  const said = all.replace(/ \(Request-ID: req-[0-9a-f-]{36}\)/, '');
  assert.ok(said.includes(filledIn(this, text)), `It said:\n${said}`);
  assert.match(all, /\(HTTP \d+\) \(Request-ID: req-[0-9a-f-]{36}\)|No server/);
});

Then('her server is {word}', async function (this: RescueWorld, state: string) {
  await this.desk.settled(state);
});

/** `{server}`, `{image}`, and the passwords of users stand for what only this run knows. */
function filledIn({ desk }: RescueWorld, text: string): string {
  const { cloud, serverId } = desk;
  const passwords = cloud.directory.users.map(
    ({ name, password }) => [`{${name} password}`, password] as const,
  );
  const known = [['{server}', serverId], ['{image}', cloud.image], ...passwords] as const;
  return known.reduce((filled, [word, value]) => filled.replaceAll(word, value), text);
}

/** A call of the compute API by plain HTTP, for what a scenario takes as given. */
async function askCloud({ desk }: RescueWorld, path: string, body: object): Promise<void> {
  const { cloud } = desk;
  const { firstUser } = cloud.directory;
  const isRackspace = cloud.dialect === 'rackspace';
  const auth = isRackspace
    ? { passwordCredentials: { username: firstUser.name, password: firstUser.password } }
    : {
        identity: {
          methods: ['password'],
          password: { user: { id: firstUser.id, password: firstUser.password } },
        },
        scope: { project: { id: cloud.projectId } },
      };
  const post = (url: string, content: object, token = '') =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== '' && { 'x-auth-token': token }) },
      body: JSON.stringify(content),
    });
  const signedIn = await post(isRackspace ? `${cloud.authUrl}/tokens` : `${cloud.authUrl}/auth/tokens`, {
    auth,
  });
  const token = isRackspace
    ? ((await signedIn.json()) as { access: { token: { id: string } } }).access.token.id
    : (signedIn.headers.get('x-subject-token') ?? '');
  const version = isRackspace ? `v2/${cloud.projectId}` : 'v2.1';
  const answer = await post(`${cloud.url}/compute/${version}${path}`, body, token);
  assert.ok(answer.ok, await answer.text());
}
