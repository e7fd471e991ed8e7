import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeDocker } from '../vm/testing/fake-docker';
import { chooseFlavour, describeFlavour } from './choose-flavour';
import { pruneContainerImages } from './programs/container-image';

const NAME = 'rescue-lab-workstation:0123';
let folder: string;
let docker: FakeDocker;
let builds: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rl-'));
  docker = new FakeDocker(folder);
  docker.describe('unix:///run/docker.sock');
  builds = 0;
});
afterEach(() => {
  docker[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/** An image whose archive, as the fake engine reads it, holds `content`. */
const image = (content = NAME) => ({
  name: NAME,
  archive: async () => {
    builds++;
    writeFileSync(join(folder, 'archive'), content);
    return join(folder, 'archive');
  },
});
const loads = () => docker.calls.filter((call) => call.includes(' load ')).length;
const chosen = async (flavour?: 'auto' | 'host' | 'container') =>
  describeFlavour(await chooseFlavour({ image: image(), ...(flavour && { flavour }) }));

it('is a container where an engine answers; its image is made and loaded once', async () => {
  const found = await chooseFlavour({ image: image() });
  expect(found).toEqual({
    kind: 'container',
    engine: { host: 'unix:///run/docker.sock', version: '28.2.2', rootless: false },
    image: NAME,
  });
  expect(await chosen('container')).toBe(`programs of the container image ${NAME}, run by Docker 28.2.2`);
  expect([builds, loads()]).toEqual([1, 1]);
});

it('is the host, and no image is made, where none answers', async () => {
  docker.down = true;
  expect(await chosen()).toBe(
    'programs of this host (no Docker engine answered: Cannot connect to the Docker daemon. Is the docker daemon running?)',
  );
  expect(builds).toBe(0);
  await expect(chosen('container')).rejects.toThrow(
    'The workstation cannot run in a container: no Docker engine answered: Cannot connect',
  );
});

it('is the host, and no engine is asked, where that is wanted', async () => {
  expect(await chosen('host')).toBe('programs of this host (as asked for)');
  expect(docker.calls).toEqual([]);
});

it('is the host where docker is not installed', async () => {
  rmSync(join(folder, 'bin/docker'));
  process.env['PATH'] = join(folder, 'bin');
  expect(await chosen()).toBe('programs of this host (the program docker is not installed)');
});

it.each([
  ['tcp://10.0.0.1:2375', [], 'the Docker engine at tcp://10.0.0.1:2375 is not known to run on this host'],
  [
    'unix:///run/docker.sock',
    ['name=seccomp,profile=default', 'name=userns'],
    "the Docker engine maps users, so its programs could not read this user's files",
  ],
])('is the host where the engine shares too little with it: %s %j', async (host, security, reason) => {
  docker.describe(host, security);
  expect(await chosen()).toBe(`programs of this host (${reason})`);
});

it('knows an engine that this user runs', async () => {
  docker.describe('unix:///run/user/1000/docker.sock', ['name=rootless']);
  expect(await chooseFlavour({ image: image() })).toMatchObject({ engine: { rootless: true } });
});

it('is the host where the image cannot be made or is another', async () => {
  const broken = { name: NAME, archive: () => Promise.reject(new Error('Failed to build the image x.')) };
  expect(await chooseFlavour({ image: broken })).toEqual({
    kind: 'host',
    reason: 'Failed to build the image x.',
  });
  expect(await chooseFlavour({ image: image('other:1') })).toEqual({
    kind: 'host',
    reason: `the archive ${join(folder, 'archive')} does not hold the image ${NAME}`,
  });
});

it('images of other versions are removed from the engine on request', async () => {
  for (const name of [NAME, 'rescue-lab-workstation:old']) writeFileSync(join(folder, 'images', name), '');
  expect(await pruneContainerImages(NAME)).toEqual(['rescue-lab-workstation:old']);
  expect(await pruneContainerImages(NAME)).toEqual([]);
  docker.down = true;
  expect(await pruneContainerImages('rescue-lab-workstation:new')).toEqual([]);
});
