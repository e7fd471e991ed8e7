import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { ask } from './plain-http';
import type { RescueWorld } from './world';

Given('a service account that may {}', async function (this: RescueWorld, actions: string) {
  const { credentials, core } = await this.api.start();
  const account = credentials.createServiceAccount(core.accounts[0]?.nichandle ?? '', actions.split(' and '));
  this.service = { clientId: account.clientId, clientSecret: account.clientSecret.reveal(), token: '' };
});

Given('it has logged in', async function (this: RescueWorld) {
  await logIn(this, 'client_credentials', this.service.clientSecret);
});

When('it asks for a token with {}', async function (this: RescueWorld, what: string) {
  const grant = what === 'another grant' ? 'password' : 'client_credentials';
  await logIn(this, grant, what === 'a wrong secret' ? 'wrong' : this.service.clientSecret);
});

When('it calls {word} {word}', async function (this: RescueWorld, method: string, path: string) {
  const { url } = this.api.provider;
  this.api.answer = await ask(`${url}/v1${this.api.filledIn(path)}`, {
    method,
    headers: { authorization: `Bearer ${this.service.token}` },
  });
});

When('her program asks for a consumer key for {word} {word}', askForKey);

Given('her program has asked for a consumer key for {word} {word}', askForKey);

async function askForKey(this: RescueWorld, method: string, path: string): Promise<void> {
  await this.api.call('POST', '/auth/credential', {
    accessRules: [{ method, path }],
    redirection: 'https://app.example/back',
  });
  const { consumerKey, validationUrl } = this.api.answer.body as {
    consumerKey: string;
    validationUrl: string;
  };
  this.validation = { consumerKey, page: validationUrl };
}

When('she {word} it on the validation page', async function (this: RescueWorld, decision: string) {
  const login: Record<string, string> = { account: 'xx1111-ovh', password: 'rescue lab customer' };
  const form = decision === 'refuses' ? { refuse: 'yes' } : login;
  await fetch(this.validation.page, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) });
  this.api.consumerKey = this.validation.consumerKey;
});

Then(
  'a call of {word} {word} with it is answered {int}',
  async function (this: RescueWorld, method: string, path: string, status: number) {
    await this.api.call(method, path);
    assert.equal(this.api.answer.status, status);
  },
);

Then('its credential is {word}', async function (this: RescueWorld, status: string) {
  const { status: answered, body } = this.api.answer;
  assert.deepEqual([answered, (body as { state: string }).state], [200, status]);
});

async function logIn(world: RescueWorld, grant: string, secret: string): Promise<void> {
  const { clientId } = world.service;
  const { url } = world.api.provider;
  world.api.answer = await ask(`${url}/auth/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: grant,
      client_id: clientId,
      client_secret: secret,
      scope: 'all',
    }),
  });
  world.service.token = (world.api.answer.body as { access_token?: string }).access_token ?? '';
}
