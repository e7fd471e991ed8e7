import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, privateDecrypt, X509Certificate } from 'node:crypto';
import { Given, Then, When } from '@cucumber/cucumber';
import { utils } from 'ssh2';
import type { RescueWorld } from './world';

interface KeyPairView {
  readonly name: string;
  readonly type: 'ssh' | 'x509';
  readonly public_key: string;
  readonly private_key: string;
}

let made: { readonly privateKey: string; readonly publicKey: string } | undefined;

/** The key that her program gives; one for all scenarios. */
function programsKey() {
  made ??= makeKey();
  return made;
}

function makeKey() {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const parsed = utils.parseKey(privateKey);
  assert.ok(!(parsed instanceof Error));
  return { privateKey, publicKey: `ssh-rsa ${parsed.getPublicSSH().toString('base64')}` };
}

async function giveKey({ cloud }: RescueWorld, name: string): Promise<void> {
  const body = JSON.stringify({ keypair: { name, public_key: programsKey().publicKey } });
  const { status, body: said } = await cloud.call('POST', '/os-keypairs', body);
  assert.ok(status < 300, JSON.stringify(said));
}

Given('her program has given the key pair {string}', async function (this: RescueWorld, name: string) {
  await giveKey(this, name);
});

Given(
  'her program has made the server {string} with the key pair {string}',
  async function (this: RescueWorld, name: string, key: string) {
    await giveKey(this, key);
    await this.cloud.makeServer(name, { key_name: key });
    await this.cloud.clock.advance(10_000);
  },
);

When(
  'her program changes the password of the server {string} to {string}',
  async function (this: RescueWorld, name: string, adminPass: string) {
    const { instances } = await this.cloud.provider();
    const instance = instances.get(this.cloud.names.get(name) ?? '');
    const begun = instances.events.waitFor('changed', (one) => one === instance);
    const body = JSON.stringify({ changePassword: { adminPass } });
    const answered = this.cloud.call('POST', `/servers/{${name}}/action`, body);
    await begun;
    await this.cloud.clock.advance(10_000);
    await answered;
  },
);

Then('the private key in the answer fits its public key', async function (this: RescueWorld) {
  const { keypair } = this.cloud.answer.body as { keypair: KeyPairView };
  if (keypair.type === 'ssh') {
    const parsed = utils.parseKey(keypair.private_key);
    assert.ok(!(parsed instanceof Error));
    const [kind, blob] = keypair.public_key.split(' ');
    assert.deepEqual([parsed.type, parsed.getPublicSSH().toString('base64')], [kind, blob]);
    return;
  }
  // What is in the archive is looked at with openssl beside the source.
  assert.match(keypair.private_key, /^MII[A-Za-z0-9+/]+=*$/);
  assert.ok(new X509Certificate(keypair.public_key).keyUsage?.includes('1.3.6.1.5.5.7.3.2'));
});

Then(/^the cloud's answer names the key pairs (\[.*\])$/, function (this: RescueWorld, names: string) {
  const { keypairs } = this.cloud.answer.body as { keypairs: { keypair: KeyPairView }[] };
  assert.deepEqual(
    keypairs.map(({ keypair }) => keypair.name),
    JSON.parse(names),
  );
});

Then(
  'the metadata of {string} has the key {string}',
  async function (this: RescueWorld, server: string, name: string) {
    const { instances, metadata } = await this.cloud.provider();
    const instance = instances.get(this.cloud.names.get(server) ?? '');
    const files = metadata.configDriveOf(instance, 'unused');
    const read = (file: string) => JSON.parse(String(files.get(file))) as Record<string, unknown>;
    const data = programsKey().publicKey;
    const latest = read('openstack/latest/meta_data.json');
    assert.deepEqual(latest['public_keys'], { [name]: data });
    assert.deepEqual(latest['keys'], [{ name, type: 'ssh', data }]);
    assert.deepEqual(read('ec2/latest/meta-data.json')['public-keys'], { 0: { 'openssh-key': data } });
  },
);

Then(
  'the key {string} reads {string} in the password of {string}',
  async function (this: RescueWorld, _name: string, password: string, server: string) {
    const { body } = await this.cloud.call('GET', `/servers/{${server}}/os-server-password`);
    const key = { key: programsKey().privateKey, padding: constants.RSA_PKCS1_PADDING };
    const encrypted = Buffer.from((body as { password: string }).password, 'base64');
    assert.equal(privateDecrypt(key, encrypted).toString(), password);
  },
);
