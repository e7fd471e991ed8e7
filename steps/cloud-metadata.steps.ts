import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Given, Then, When } from '@cucumber/cucumber';
import { ask } from './plain-http';
import type { RescueWorld } from './world';

const META_DATA = '/openstack/latest/meta_data.json';

/** Who asks, and what of the proxy's headers is wrong then. */
const ASKING: Readonly<Record<string, Readonly<Record<string, string>> | 'nothing'>> = {
  'her server': {},
  "her server through another project's network": { 'x-tenant-id': '{bo project}' },
  'somebody who signs with a guessed secret': { 'x-instance-id-signature': '0'.repeat(64) },
  'somebody without a signature': 'nothing',
};

Given(
  'the guest told the metadata service its encrypted password {string}',
  async function (this: RescueWorld, password: string) {
    const { status } = await askMetadata(this, '/openstack/latest/password', {}, password);
    assert.equal(status, 200);
  },
);

When(/^((?:her server|somebody).*) asks for its metadata$/, async function (this: RescueWorld, who: string) {
  const wrong = ASKING[who];
  assert.ok(wrong, `Nobody is called "${who}"; there are: ${Object.keys(ASKING).join(', ')}`);
  this.cloud.answer = await askMetadata(this, META_DATA, wrong);
});

Then(
  'her server reads no {string} in its metadata, and reads it on a config drive',
  async function (this: RescueWorld, password: string) {
    const { status, body } = await askMetadata(this, META_DATA, {});
    assert.equal(status, 200);
    assert.ok(!JSON.stringify(body).includes(password), JSON.stringify(body));
    const { metadata } = await this.cloud.provider();
    const drive = metadata.configDriveOf(await this.cloud.instance(), password);
    const document = JSON.parse(String(drive.get(META_DATA.slice(1)))) as { admin_pass: string };
    assert.equal(document.admin_pass, password);
  },
);

/** Asks as the proxy of the server's network does, with some headers of its own exchanged, or without any. */
async function askMetadata(
  { cloud, people }: RescueWorld,
  path: string,
  wrong: Readonly<Record<string, string>> | 'nothing',
  text?: string,
) {
  await people.token('Nadia');
  const { metadata } = await cloud.provider();
  const { id, projectId } = await cloud.instance();
  const headers: Record<string, string> = {};
  if (wrong !== 'nothing') {
    headers['x-instance-id'] = id;
    headers['x-instance-id-signature'] = createHmac('sha256', metadata.sharedSecret).update(id).digest('hex');
    headers['x-tenant-id'] = projectId;
    for (const [name, value] of Object.entries(wrong)) {
      headers[name] = await cloud.filledIn(value);
    }
  }
  return ask(`${metadata.url}${path}`, {
    method: text === undefined ? 'GET' : 'POST',
    headers,
    ...(text !== undefined && { body: text }),
  });
}
