import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MachineContext, type MachineDescription, Session } from '../vm';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { FakeMachine, FakeMachines } from './testing/fake-machine';
import { WaypointShelf } from './waypoint-shelf';

const description: MachineDescription = { name: 'ns1', cpus: 1, memoryMiB: 32, firmware: 'bios' };

describe.skipIf(!qemuAvailable)('WaypointShelf', () => {
  let session: Session;
  let context: MachineContext;
  let directory: string;
  let machines: FakeMachines;
  let shelf: WaypointShelf;
  beforeEach(() => {
    session = Session.start();
    context = { session, accelerator: { kind: 'tcg', reason: 'tests' } };
    directory = path.join(mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-shelf-')), 'waypoints');
    machines = new FakeMachines();
    shelf = new WaypointShelf(directory, machines.fork);
  });
  afterEach(async () => {
    await machines[Symbol.asyncDispose]();
    await session.dispose();
    rmSync(path.dirname(directory), { recursive: true, force: true });
  });

  /** A machine that has printed this and is ready to be saved. */
  async function walker(printed: string, described = description): Promise<FakeMachine> {
    const machine = new FakeMachine(described, context);
    await machine.prints(printed);
    return machine;
  }

  const names = () => readdirSync(directory).filter((name) => !name.endsWith('.serial'));
  const place = (name: string) => path.join(directory, name);

  it('is empty at first, also where its folder does not exist', async () => {
    expect(await shelf.fork('key', description, context)).toBeUndefined();
    expect(existsSync(directory)).toBe(false);
  });

  it('saves a machine, which ends, and goes on in a fork; later boots are forked with the same text', async () => {
    const walked = await walker('booted\r\n');
    const saved = await shelf.saveAndFork('key', walked, context);
    expect(walked.ended).toBe(true);
    expect(saved.machine).toBe(machines.forked[0]);
    expect(saved.serialBefore).toBe('booted\r\n');
    expect(names()).toEqual([expect.stringMatching(/^key-/)]);

    const again = await shelf.fork('key', description, context);
    expect(again?.machine).toBe(machines.forked[1]);
    expect(again?.serialBefore).toBe('booted\r\n');
    expect(machines.forked[1]?.context.storageDirectory).toBe(directory);
  });

  it('has what the guest prints until it stands still', async () => {
    const walked = await walker('BOOTMGR is missing\r\n');
    const save = walked.saveWaypoint.bind(walked);
    walked.saveWaypoint = async (...place) => {
      await walked.prints('Press Ctrl+Alt+Del to restart\r\n');
      return save(...place);
    };
    const saved = await shelf.saveAndFork('key', walked, context);
    expect(saved.serialBefore).toBe('BOOTMGR is missing\r\nPress Ctrl+Alt+Del to restart\r\n');
    const again = await shelf.fork('key', description, context);
    expect(again?.serialBefore).toBe(saved.serialBefore);
  });

  it('keeps no boot in which the guest wrote to a disk of the server: no other disk fits it', async () => {
    const walked = await walker('booted\r\n');
    walked.savedDisks = [{ kind: 'seen', id: 'root', size: 512, pieces: [], written: true }];
    const fork = await shelf.saveAndFork('key', walked, context);
    expect(fork.machine).toBe(machines.forked[0]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('has machines that may be saved keep their RAM beside the waypoints', async () => {
    expect(await shelf.walking(context)).toEqual({ ...context, storageDirectory: directory });
    expect(existsSync(directory)).toBe(true);
  });

  it('forks no boot of another key, and none of other hardware', async () => {
    await shelf.saveAndFork('key', await walker(''), context);
    expect(await shelf.fork('other', description, context)).toBeUndefined();
    expect(await shelf.fork('ke', description, context)).toBeUndefined();
    expect(await shelf.fork('key', { ...description, memoryMiB: 64 }, context)).toBeUndefined();
    expect(names()).toHaveLength(1);
  });

  it('discards what was forked or saved through it, and nothing else', async () => {
    await shelf.saveAndFork('saved', await walker('booted'), context);
    const other = new WaypointShelf(directory, machines.fork);
    await other.saveAndFork('forked', await walker('booted'), context);
    await other.saveAndFork('unused', await walker('booted'), context);
    await shelf.fork('forked', description, context);
    await shelf.discardUsed();
    expect(
      readdirSync(directory)
        .map((name) => name.replace(/-[^.]*/, ''))
        .sort(),
    ).toEqual(['unused', 'unused.serial']);
    expect(await shelf.fork('saved', description, context)).toBeUndefined();
  });

  it('tries all waypoints of a key and takes the one that fits', async () => {
    const larger = { ...description, memoryMiB: 64 };
    mkdirSync(directory);
    await (await walker('', larger)).saveWaypoint(place('key-1'), 'key');
    await (await walker('')).saveWaypoint(place('key-2'), 'key');
    for (const described of [larger, description]) {
      expect((await shelf.fork('key', described, context))?.machine.description).toBe(described);
    }
  });

  it('removes a waypoint whose manifest is damaged, and lets the boot be walked', async () => {
    await shelf.saveAndFork('key', await walker('x'), context);
    const [name = ''] = names();
    writeFileSync(path.join(place(name), 'manifest.json'), '{"format":1,"key":');
    expect(await shelf.fork('key', description, context)).toBeUndefined();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('removes a waypoint that fits and cannot be loaded, and takes the next one', async () => {
    mkdirSync(directory);
    await (await walker('')).saveWaypoint(place('key-1'), 'key');
    await (await walker('')).saveWaypoint(place('key-2'), 'key');
    const picky = new WaypointShelf(directory, async (permit, where) => {
      if (permit.waypoint.directory.endsWith('key-2')) throw new Error('its RAM is gone');
      return machines.fork(permit, where);
    });
    expect(await picky.fork('key', description, context)).toBeDefined();
    expect(names()).toEqual(['key-1']);
  });

  it('passes over a folder without a manifest', async () => {
    mkdirSync(place('key-1'), { recursive: true });
    expect(await shelf.fork('key', description, context)).toBeUndefined();
  });

  it('leaves no log of a machine that could not be saved', async () => {
    const machine = await walker('text');
    machine.saveWaypoint = async () => {
      throw new Error('the disk is full');
    };
    await expect(shelf.saveAndFork('key', machine, context)).rejects.toThrow('the disk is full');
    expect(readdirSync(directory)).toEqual([]);
    await machine[Symbol.asyncDispose]();
  });

  /** Fills a waypoint's RAM file so that it takes this much of the disk. */
  const fill = (name: string, bytes: number) =>
    writeFileSync(path.join(place(name), 'ram'), Buffer.alloc(bytes, 7));

  it('keeps the waypoints that were used last, as many as fit into its budget', async () => {
    const small = new WaypointShelf(directory, machines.fork, 3_500_000);
    mkdirSync(directory);
    for (const index of [0, 1, 2, 3]) {
      const name = `key${index}-1`;
      await (await walker('')).saveWaypoint(place(name), 'key');
      fill(name, 1_000_000);
      writeFileSync(place(`${name}.serial`), 'text');
      const hoursAgo = new Date(Date.now() - (index + 1) * 3_600_000);
      utimesSync(place(`${name}.serial`), hoursAgo, hoursAgo);
    }
    // The oldest is used once more: that is what counts.
    expect(await small.fork('key3', description, context)).toBeDefined();
    await small.saveAndFork('new', await walker('text'), context);
    const kept = names().map((name) => name.replace(/-.*/, ''));
    expect(kept.sort()).toEqual(['key0', 'key1', 'key3', 'new']);
    const logs = readdirSync(directory).filter((name) => name.endsWith('.serial'));
    expect(logs).toHaveLength(4);
  });

  it('counts a waypoint without a log as never used, and leaves what others are saving alone', async () => {
    const small = new WaypointShelf(directory, machines.fork, 1_500_000);
    mkdirSync(place('.session-save-1'), { recursive: true });
    await (await walker('')).saveWaypoint(place('orphan-1'), 'orphan');
    await small.saveAndFork('key0', await walker(''), context);
    fill(names().find((name) => name.startsWith('key0'))!, 1_000_000);
    fill('orphan-1', 1_000_000);
    await small.saveAndFork('key1', await walker(''), context);
    const left = names().map((name) => name.replace(/^(key\d).*/, '$1'));
    expect(left.sort()).toEqual(['.session-save-1', 'key0', 'key1']);
  });
});
