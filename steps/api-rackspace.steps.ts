import assert from 'node:assert/strict';
import { Given, When } from '@cucumber/cucumber';
import { ask } from './plain-http';
import type { RescueWorld } from './world';

interface Access {
  readonly access: {
    readonly token: { readonly id: string };
    readonly serviceCatalog: readonly {
      readonly name: string;
      readonly endpoints: readonly { readonly publicURL: string }[];
    }[];
  };
}

Given('Nadia has a cloud server at Rackspace', async function (this: RescueWorld) {
  Object.assign(this.api.options, { families: ['rackspace'] });
  await this.api.lab();
});

Given('her program has logged in at {word}', async function (this: RescueWorld, address: string) {
  const { rackspace } = await this.api.lab();
  assert.ok(rackspace);
  const { username, apiKey } = rackspace;
  const { status, body } = await ask(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username, apiKey } } }),
  });
  assert.equal(status, 200);
  const { token, serviceCatalog } = (body as Access).access;
  const compute = serviceCatalog.find(({ name }) => name === 'cloudServersOpenStack');
  this.hosted = { token: token.id, compute: compute?.endpoints[0]?.publicURL ?? '' };
});

When("her program asks the catalog's compute service for its servers", async function (this: RescueWorld) {
  await get(this, `${this.hosted.compute}/servers`);
});

When('her program asks for {word}', async function (this: RescueWorld, address: string) {
  await get(this, address);
});

async function get({ api, hosted }: RescueWorld, address: string): Promise<void> {
  api.answer = await ask(address, { headers: { 'x-auth-token': hosted.token } });
}
