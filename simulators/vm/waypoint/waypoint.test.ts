import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOverlay } from '../disks/overlay';
import type { MachineContext } from '../machine-context';
import type { DiskDescription, MachineDescription } from '../machine-description';
import type { RunningMachine } from '../running-machine';
import { Session } from '../session/session';
import { startMachine } from '../start-machine';
import { qemuAvailable } from '../testing/qemu-available';
import { tinyGuestBootSector, tinyGuestMarker, tinyGuestStep } from '../tiny-guest/tiny-guest';
import { canFork, type ForkPermit } from './can-fork';
import { forkWaypoint } from './fork-waypoint';
import { openWaypoint, type Waypoint } from './waypoint';
import { waypointKey } from './waypoint-key';

describe.skipIf(!qemuAvailable)('waypoints', () => {
  let session: Session;
  let context: MachineContext;
  let store: string;
  let made = 0;

  beforeAll(() => {
    session = Session.start();
    store = mkdtempSync(join(tmpdir(), 'rescue-lab-store-'));
    context = { session, accelerator: { kind: 'tcg', reason: 'tests' }, storageDirectory: store };
  });
  afterAll(async () => {
    await session.dispose();
    for (const entry of readdirSync(store)) chmodSync(join(store, entry), 0o755);
    expect(readdirSync(store).filter((entry) => entry.startsWith('.'))).toEqual([]);
    rmSync(store, { recursive: true, force: true });
  });

  /** A raw disk of 1 MiB whose places 0 to 9 say `texts[place]`, in an overlay as servers have it. */
  async function dataDisk(texts: readonly string[], size = 1024 * 1024): Promise<string> {
    const data = Buffer.alloc(size);
    for (const [place, text] of texts.entries()) data.write(text, place * tinyGuestStep);
    const base = join(session.tempDir('data'), 'base.img');
    await writeFile(base, data);
    await createOverlay(base, `${base}.qcow2`, { baseFormat: 'raw' });
    return `${base}.qcow2`;
  }

  async function machine(data: string, more: Partial<DiskDescription> = {}): Promise<MachineDescription> {
    const boot = join(session.tempDir('boot'), 'boot.img');
    await writeFile(boot, Buffer.concat([tinyGuestBootSector(), Buffer.alloc(1024 * 1024)]));
    const common = { interface: 'virtio' } as const;
    return {
      name: 'tiny',
      cpus: 1,
      memoryMiB: 32,
      firmware: 'bios',
      disks: [
        { ...common, id: 'boot', path: boot, format: 'raw', bootIndex: 0, readOnly: true },
        { ...common, id: 'data', path: data, format: 'qcow2', bootIndex: 1, ...more },
      ],
      nic: { mac: '52:54:00:00:00:01', romFile: '' },
      rng: true,
      tablet: true,
    };
  }

  async function boot(description: MachineDescription): Promise<RunningMachine> {
    const running = await startMachine(description, context);
    await running.serial.waitFor(tinyGuestMarker, { deadline: 20_000, what: 'the tiny guest to start' });
    return running;
  }

  async function ask(running: RunningMachine, command: string, answer: RegExp): Promise<string> {
    running.serial.write(command);
    const [text] = await running.serial.waitFor(answer, {
      deadline: 10_000,
      what: `the answer to ${command}`,
    });
    return text.trim();
  }

  const count = (running: RunningMachine) => ask(running, 'c', /\d\r\n/);
  const read = (running: RunningMachine, place: number) => ask(running, `r1${place}`, /.{8}\r\n/);

  const save = (running: RunningMachine): Promise<Waypoint> =>
    running.saveWaypoint(join(store, `waypoint-${++made}`), 'test');

  async function permit(waypoint: Waypoint, description: MachineDescription): Promise<ForkPermit> {
    const verdict = await canFork(waypoint, description, context);
    if (!verdict.possible) throw new Error(verdict.reason);
    return verdict;
  }

  it('forks run on from the saved moment, each with its own memory and disks', async () => {
    const description = await machine(await dataDisk(['original']));
    await using first = await boot(description);
    expect(await count(first)).toBe('1');
    expect(await ask(first, 'w11S', /W\r\n/)).toBe('W');
    const waypoint = await save(first);
    expect(waypoint.manifest.disks.map(({ kind }) => kind)).toEqual(['given', 'stored']);
    for (const name of readdirSync(waypoint.directory)) {
      expect(statSync(join(waypoint.directory, name)).mode & 0o222).toBe(0);
    }

    const fits = await permit(waypoint, description);
    await using one = await forkWaypoint(fits, context);
    await using other = await forkWaypoint(fits, context);
    expect(await count(one)).toBe('2');
    expect(await count(one)).toBe('3');
    expect(await count(other)).toBe('2');
    expect(await ask(one, 'w10X', /W\r\n/)).toBe('W');
    expect((await read(one, 0)).charAt(0)).toBe('X');
    expect(await read(other, 0)).toBe('original');
    expect((await read(other, 1)).charAt(0)).toBe('S');
    await expect(save(other)).rejects.toThrow('fork it with { savable: true }');
    await using unsaved = await startMachine(
      { ...description, disks: [] },
      { ...context, storageDirectory: undefined },
    );
    await expect(save(unsaved)).rejects.toThrow('give its context a storageDirectory');
  });

  it('a fork can walk on to a waypoint of its own, which stands alone', async () => {
    const description = await machine(await dataDisk(['original']));
    await using first = await boot(description);
    await ask(first, 'w10A', /W\r\n/);
    const early = await save(first);
    await using walking = await forkWaypoint(await permit(early, description), context, { savable: true });
    expect(await count(walking)).toBe('1');
    await ask(walking, 'w11B', /W\r\n/);
    const late = await save(walking);

    await using again = await forkWaypoint(await permit(early, description), context);
    expect(await count(again)).toBe('1');
    expect((await read(again, 1)).charAt(0)).not.toBe('B');
    await again[Symbol.asyncDispose]();
    rmSync(early.directory, { recursive: true });
    await using later = await forkWaypoint(await permit(late, description), context);
    expect(await count(later)).toBe('2');
    expect((await read(later, 0)).charAt(0)).toBe('A');
    expect((await read(later, 1)).charAt(0)).toBe('B');
  });

  it('forks over another disk when the content agrees wherever the guest had read', async () => {
    const tracked = { trackReads: true };
    const description = await machine(await dataDisk(['same one', 'anything', 'same two']), tracked);
    await using first = await boot(description);
    expect(await read(first, 0)).toBe('same one');
    expect(await read(first, 2)).toBe('same two');
    const waypoint = await save(first);
    const [, seen] = waypoint.manifest.disks;
    const places = seen?.kind === 'seen' ? seen.pieces.map(({ start }) => start) : [];
    expect(places).toEqual(expect.arrayContaining([0, 2 * tinyGuestStep]));
    expect(places).not.toContain(tinyGuestStep);

    const other = await machine(await dataDisk(['same one', 'another', 'same two', 'more']), tracked);
    const begun = performance.now();
    const fits = await permit(waypoint, other);
    expect(performance.now() - begun).toBeLessThan(2000);
    await using fork = await forkWaypoint(fits, context);
    expect(await read(fork, 3)).toContain('more');
    expect(await read(fork, 1)).toContain('another');

    const changed = await dataDisk(['same one', 'anything', 'same TWO']);
    expect(await canFork(waypoint, await machine(changed, tracked), context)).toEqual({
      possible: false,
      reason: `The disk "data" does not fit: ${changed} differs from what the guest had read, in the 4096 bytes at offset ${2 * tinyGuestStep}.`,
    });
    const longer = await dataDisk(['same one', '', 'same two'], 2 * 1024 * 1024);
    expect(await canFork(waypoint, await machine(longer, tracked), context)).toMatchObject({
      reason: `The disk "data" does not fit: ${longer} has 2097152 bytes, the disk seen by the waypoint had 1048576.`,
    });
  });

  it('keeps what earlier waypoints on the way had read of a tracked disk', async () => {
    const description = await machine(await dataDisk(['first', 'second']), { trackReads: true });
    await using first = await boot(description);
    await read(first, 0);
    const early = await save(first);
    await using walking = await forkWaypoint(await permit(early, description), context, { savable: true });
    await read(walking, 1);
    const late = await save(walking);
    for (const texts of [
      ['FIRST', 'second'],
      ['first', 'SECOND'],
    ]) {
      const verdict = await canFork(
        late,
        await machine(await dataDisk(texts), { trackReads: true }),
        context,
      );
      expect(verdict.possible).toBe(false);
    }
  });

  it('goes on over a tracked disk that the guest has written, and over no other', async () => {
    const tracked = { trackReads: true };
    const data = await dataDisk(['original', 'original']);
    const description = await machine(data, tracked);
    await using first = await boot(description);
    await ask(first, 'w11S', /W\r\n/);
    const waypoint = await save(first);
    expect(waypoint.manifest.disks[1]).toMatchObject({ kind: 'seen', written: true });
    const another = await machine(await dataDisk(['original', 'original']), tracked);
    expect(await canFork(waypoint, another, context)).toMatchObject({ possible: false });
    await using fork = await forkWaypoint(await permit(waypoint, description), context);
    expect((await read(fork, 1)).charAt(0)).toBe('S');
    expect(await read(fork, 0)).toBe('original');
  });

  it('of a disk that was written keeps what was read before as it is now', async () => {
    const description = await machine(await dataDisk(['first', 'second']), { trackReads: true });
    await using first = await boot(description);
    await read(first, 0);
    const early = await save(first);
    await using walking = await forkWaypoint(await permit(early, description), context, { savable: true });
    await ask(walking, 'w10A', /W\r\n/);
    const late = await save(walking);
    await using fork = await forkWaypoint(await permit(late, description), context);
    expect((await read(fork, 0)).charAt(0)).toBe('A');
  });

  it('keeps a machine at the mark of its boot, which goes on, and its forks on any disk', async () => {
    const description = { ...(await machine(await dataDisk(['one']))), bootMark: true };
    await using first = await boot(description);
    await count(first);
    const stopped = first.stopAtMark(AbortSignal.timeout(10_000));
    first.serial.write('m');
    await stopped;
    await first.saveBootMark(join(store, 'mark'), 'test');
    await first.serial.waitFor('M', { deadline: 10_000, what: 'the machine to go on' });
    expect(await count(first)).toBe('2');
    expect(await read(first, 0)).toContain('one');
    expect(await ask(first, 'w11X', /W\r\n/)).toBe('W');
    expect(await ask(first, 'm', /M\r\n/)).toBe('M');

    const waypoint = (await openWaypoint(join(store, 'mark')))!;
    const other = { ...description, disks: (await machine(await dataDisk(['two']))).disks! };
    await using fork = await forkWaypoint(await permit(waypoint, other), context);
    await fork.serial.waitFor('M', { deadline: 10_000, what: 'the fork to go on' });
    expect(await count(fork)).toBe('2');
    expect(await read(fork, 0)).toContain('two');
    expect(await ask(fork, 'm', /M\r\n/)).toBe('M');
  });

  it('lets a machine past its mark that nobody wants to keep there', async () => {
    const description = { ...(await machine(await dataDisk(['one']))), bootMark: true };
    await using first = await boot(description);
    expect(await ask(first, 'm', /M\r\n/)).toBe('M');
    const enough = new AbortController();
    const stopped = first.stopAtMark(enough.signal);
    enough.abort(new Error('switched off'));
    await expect(stopped).rejects.toThrow('switched off');
    expect(await ask(first, 'm', /M\r\n/)).toBe('M');
  });

  it('lets a machine go on that cannot be kept at its mark', async () => {
    const description = { ...(await machine(await dataDisk(['one']))), bootMark: true };
    await using first = await startMachine(description, { ...context, storageDirectory: undefined });
    await first.serial.waitFor(tinyGuestMarker, { deadline: 20_000, what: 'the tiny guest to start' });
    const stopped = first.stopAtMark(AbortSignal.timeout(10_000));
    first.serial.write('m');
    await stopped;
    await expect(first.saveBootMark(join(store, 'none'), 'test')).rejects.toThrow('storageDirectory');
    await first.serial.waitFor('M', { deadline: 10_000, what: 'the machine to go on' });
    expect(await openWaypoint(join(store, 'none'))).toBeUndefined();
  });

  it('refuses other hardware, and says which', async () => {
    const description = await machine(await dataDisk(['x']));
    await using first = await boot(description);
    const waypoint = await save(first);
    expect(await canFork(waypoint, { ...description, memoryMiB: 64 }, context)).toEqual({
      possible: false,
      reason: `The hardware differs: the waypoint's machine has "32M" where this one has "64M".`,
    });
    const renamed = { ...description, name: 'another', vnc: undefined };
    const { vnc: _none, ...sameHardware } = renamed;
    expect((await canFork(waypoint, sameHardware, context)).possible).toBe(true);
  });

  it('gives back the other one when two runs save the same waypoint', async () => {
    const directory = join(store, 'contested');
    const [one, other] = await Promise.all(
      ['one', 'two'].map(async (text) => boot(await machine(await dataDisk([text])))),
    );
    const [first, second] = await Promise.all([
      one?.saveWaypoint(directory, 'same'),
      other?.saveWaypoint(directory, 'same'),
    ]);
    expect(second).toEqual(first);
    expect(await openWaypoint(directory)).toEqual(first);
  });

  it('has a key that follows what the guest can see, images and parameters, and no paths', async () => {
    const description = await machine('/one/path.qcow2');
    const base = {
      description,
      accelerator: context.accelerator,
      images: { a: '1', b: '2' },
      parameters: {},
    };
    const key = await waypointKey(base);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    const moved = await machine('/another/path.qcow2');
    expect(await waypointKey({ ...base, description: moved, images: { b: '2', a: '1' } })).toBe(key);
    const others = [
      { ...base, images: { a: '1', b: '3' } },
      { ...base, parameters: { keyboard: 'fr' } },
      { ...base, description: { ...description, cpus: 2 } },
      { ...base, accelerator: { kind: 'kvm' as const, reason: '' } },
    ];
    const keys = await Promise.all(others.map(waypointKey));
    expect(new Set([key, ...keys]).size).toBe(5);
  });
});
