import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { RescueWorld } from './world';

Given('another customer has a server, a private image and a volume', async function (this: RescueWorld) {
  const provider = await this.cloud.provider();
  const metadata = { secret: 'of another customer' };
  const { id } = await provider.adopt({ name: 'db-02', owner: 'bo', metadata });
  this.cloud.names.set('other server', id);
  await addImage(this, 'Private', 'Bo', 'private');
  await addVolume(this, 'Bo', 'ledger', 5);
});

Given(
  /^the image "([^"]+)" of (\w+)'s project is (private|shared|community|hidden)$/,
  async function (this: RescueWorld, name: string, person: string, kind: string) {
    await addImage(this, name, person, kind);
  },
);

Given(/^these images in the cloud: (.+)$/, async function (this: RescueWorld, images: string) {
  for (const [, person = '', kind = '', name = ''] of images.matchAll(/(\w+)'s (\w+) "([^"]+)"/g)) {
    await addImage(this, name, person, kind);
  }
});

Given(
  /^(\w+)'s project has the volume "([^"]+)" of (\d+) GiB$/,
  async function (this: RescueWorld, person: string, name: string, size: string) {
    await addVolume(this, person, name, Number(size));
  },
);

Given(
  /^(\w+)'s program offers the image (\S+) to (\w+)'s project$/,
  async function (this: RescueWorld, owner: string, image: string, person: string) {
    const path = `/v2/images/${image}/members`;
    const body = `{"member":"{${person.toLowerCase()} project}"}`;
    const answer = await this.people.ask(owner, 'image', { method: 'POST', path, body });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  },
);

When(
  /^(\w+)'s program accepts the image (\S+)$/,
  async function (this: RescueWorld, person: string, image: string) {
    const path = `/v2/images/${image}/members/{${person.toLowerCase()} project}`;
    await this.people.ask(person, 'image', { method: 'PUT', path, body: '{"status":"accepted"}' });
    assert.equal(this.cloud.answer.status, 200);
  },
);

Then(
  /^(\w+)'s program finds the image (\S+) in its list$/,
  async function (this: RescueWorld, person: string, image: string) {
    const { body } = await this.people.ask(person, 'image', { method: 'GET', path: '/v2/images' });
    const ids = (body as { images: { id: string }[] }).images.map(({ id }) => id);
    assert.ok(ids.includes(await this.cloud.filledIn(image)), JSON.stringify(ids));
  },
);

/** An image of a person's project, older than all that are there; `hidden` is a private one that lists leave out. */
async function addImage({ cloud }: RescueWorld, name: string, person: string, kind: string): Promise<void> {
  const { images, directory } = await cloud.provider();
  const owner = directory.userNamed(person.toLowerCase());
  assert.ok(owner, `The cloud knows nobody by the name ${person}.`);
  const count = images.list().length;
  const id = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
  images.add({
    id,
    name,
    size: 2 ** 30,
    minDisk: 10,
    minRam: 0,
    created: cloud.clock.now() - 1000 * count,
    properties: { os_type: 'windows' },
    ownerId: directory.projectsOf(owner)[0]?.id ?? '',
    visibility: kind === 'hidden' ? 'private' : (kind as 'private' | 'shared' | 'community'),
    hidden: kind === 'hidden',
  });
  cloud.names.set(name, id);
}

async function addVolume(world: RescueWorld, person: string, name: string, size: number): Promise<void> {
  const body = JSON.stringify({ volume: { name, size } });
  const path = `/v3/{${person.toLowerCase()} project}/volumes`;
  const answer = await world.people.ask(person, 'volume', { method: 'POST', path, body });
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  world.cloud.names.set(name, (answer.body as { volume: { id: string } }).volume.id);
}
