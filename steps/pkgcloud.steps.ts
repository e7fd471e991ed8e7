import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { type PkgcloudError, PkgcloudProgram } from './pkgcloud-program';
import type { RescueWorld } from './world';

Given('a program that uses pkgcloud with her API key', async function (this: RescueWorld) {
  this.desk.program = new PkgcloudProgram(await this.desk.open('rackspace'));
});

Given('the program signs in with {string}', function (this: RescueWorld, credentials: string) {
  const [kind = '', value = ''] = credentials.split('=');
  const { cloud } = this.desk;
  const proof = value === 'hers' ? { password: cloud.password } : { [kind]: value };
  this.desk.program = new PkgcloudProgram(cloud, proof);
});

Given('the program has put her server into rescue mode', async function (this: RescueWorld) {
  await this.desk.program.act(this.desk.serverId, { rescue: 'none' });
  await this.desk.settled('rescued');
});

When(/^the program asks for the action (\{.*\})$/, async function (this: RescueWorld, action: string) {
  const body = JSON.parse(action.replaceAll('{image}', this.desk.cloud.image)) as object;
  await keep(this, this.desk.program.act(this.desk.serverId, body));
});

When('the program restarts her server', async function (this: RescueWorld) {
  await keep(this, this.desk.program.reboot(this.desk.serverId));
});

When('the program lists servers, images and flavors', async function (this: RescueWorld) {
  const { program } = this.desk;
  const [servers, images, flavors] = [
    await program.servers(),
    await program.images(),
    await program.flavors(),
  ];
  const names = [servers, images, flavors].map((list) => list.map(({ name }) => name));
  this.desk.answer = names;
});

When('the program looks at her server', async function (this: RescueWorld) {
  await keep(this, this.desk.program.server(this.desk.serverId));
});

When('the program looks at the server {string}', async function (this: RescueWorld, id: string) {
  await keep(this, this.desk.program.server(id));
});

Then(
  'the program sees the server as {string}, and the API says {string}',
  function (this: RescueWorld, status: string, original: string) {
    const seen = this.desk.answer as { status: string; original: { status: string } };
    assert.deepEqual([seen.status, seen.original.status], [status, original]);
  },
);

Then(/^the program gets (\[.*\]|\{.*\})$/, function (this: RescueWorld, expected: string) {
  assert.deepEqual(this.desk.answer, JSON.parse(expected));
});

Then('the program gets a password of 12 characters', function (this: RescueWorld) {
  assert.match((this.desk.answer as { adminPass: string }).adminPass, /^[2-9A-Za-z]{12}$/);
});

Then('the program gets the address of a console', function (this: RescueWorld) {
  const { console: opened } = this.desk.answer as { console: { type: string; url: string } };
  assert.equal(opened.type, 'novnc');
  assert.match(opened.url, /^http:\/\/127\.0\.0\.1:\d+\/vnc_auto\.html\?path=%3Ftoken%3D[0-9a-f-]{36}$/);
});

Then('the program fails with {int} {string}', function (this: RescueWorld, status: number, text: string) {
  const { statusCode, result } = this.desk.answer as PkgcloudError;
  const [body] = Object.values(result as object) as { message: string }[];
  const wanted = text.replaceAll('{server}', this.desk.serverId);
  assert.deepEqual([statusCode, body?.message], [status, wanted]);
});

/** Keeps what a call was answered, or how it failed. */
async function keep({ desk }: RescueWorld, answer: Promise<unknown>): Promise<void> {
  desk.answer = await answer.catch((error: unknown) => error);
}
