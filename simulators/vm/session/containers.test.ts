import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeDocker } from '../testing/fake-docker';
import { containerLabels, placeLabel } from './container-labels';
import { processPlace } from './process-identity';
import { reapStaleContainers } from './reap-stale-containers';
import { reapStaleSessions } from './reap-stale-sessions';
import { Session } from './session';

// Sessions and an engine of its own: nothing here can touch those of others.
const { TMPDIR } = process.env;
const realTmpdir = tmpdir();
let folder: string;
let root: string;
let docker: FakeDocker;
beforeEach(() => {
  folder = mkdtempSync(join(realTmpdir, 'rl-test-'));
  process.env['TMPDIR'] = folder;
  root = join(folder, `rescue-lab-${userInfo().uid}`);
  docker = new FakeDocker(folder);
});
afterEach(() => {
  docker[Symbol.dispose]();
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  rmSync(folder, { recursive: true, force: true });
});

const engine = 'unix:///run/an-engine.sock';
const sessions = () => readdirSync(root).filter((entry) => entry !== 'addresses');
/** Makes it look as if the owner was killed together with the watcher: the reaper has to do it. */
const orphan = (session: Session) => writeFileSync(join(session.directory, 'owner'), '1 0\n');

describe("a session's containers", () => {
  it('are removed with it, from the engine that was asked, and no others', async () => {
    const session = Session.start();
    const made = await session.makeContainer(engine, async (labels) => {
      docker.addContainer('its-own', labels);
      return 'its-own';
    });
    expect(made).toBe('its-own');
    docker.addContainer('of-another', containerLabels(root, `${session.id}0`));
    docker.addContainer('of-nobody', {});
    await session.dispose();
    expect(docker.containers).toEqual(['of-another', 'of-nobody']);
    expect(docker.calls.every((call) => call.startsWith(`--host ${engine} `))).toBe(true);
    expect(sessions()).toEqual([]);
  });

  it('cost nothing where there are none', async () => {
    const session = Session.start();
    await session.dispose();
    expect(docker.calls).toEqual([]);
  });

  it('are removed too when they appear after the runner has gone', async () => {
    const session = Session.start();
    void session.makeContainer(engine, () => new Promise(() => {}));
    const ended = session.dispose();
    await expect.poll(() => docker.calls.length, { timeout: 5000 }).toBeGreaterThan(2);
    docker.addContainer('late', containerLabels(root, session.id));
    await ended;
    expect(docker.containers).toEqual([]);
    expect(sessions()).toEqual([]);
  });

  it('are not waited for where the engine refused them', async () => {
    const session = Session.start();
    const refused = session.makeContainer(engine, () => Promise.reject(new Error('no space left on device')));
    await expect(refused).rejects.toThrow('no space left on device');
    await session.dispose();
    expect(docker.calls).toHaveLength(1);
  });

  it('stay known while the engine does not answer, and the next run removes them', async () => {
    const session = Session.start();
    await session.makeContainer(engine, async (labels) => docker.addContainer('its-own', labels));
    session.tempDir('more');
    docker.down = true;
    await session.dispose();
    expect(readdirSync(session.directory).sort()).toEqual(['containers', 'owner', 'place']);
    orphan(session);
    expect(await reapStaleSessions()).toEqual([session.id]);
    expect(sessions()).toEqual([session.id]);
    docker.down = false;
    await reapStaleSessions();
    expect([docker.containers, sessions()]).toEqual([[], []]);
  });

  it('are removed without any note of their session, unless it lives or may live elsewhere', async () => {
    const session = Session.start();
    docker.addContainer('living', containerLabels(root, session.id));
    docker.addContainer('of-other-users', containerLabels('/tmp/rescue-lab-4711', 'gone'));
    docker.addContainer('forgotten', containerLabels(root, 'gone'));
    const [bootId] = processPlace().split(' ');
    const elsewhere = { ...containerLabels(root, 'gone'), [placeLabel]: `${bootId} pid:[1]` };
    docker.addContainer('elsewhere', elsewhere);
    docker.addContainer('before-reboot', { ...elsewhere, [placeLabel]: 'an-earlier-boot pid:[1]' });
    expect((await reapStaleContainers(engine)).sort()).toEqual(['before-reboot', 'forgotten']);
    expect(docker.containers).toEqual(['elsewhere', 'living', 'of-other-users']);
    await session.dispose();
  });
});
