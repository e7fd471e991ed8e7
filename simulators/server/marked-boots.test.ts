import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MachineContext, type MachineDescription, Session } from '../vm';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { MarkedBoots } from './marked-boots';
import type { ServerEvent } from './server-events';
import { FakeMachines } from './testing/fake-machine';
import { WaypointShelf } from './waypoint-shelf';

const description: MachineDescription = {
  name: 'web-01',
  cpus: 1,
  memoryMiB: 32,
  firmware: 'bios',
  bootMark: true,
  disks: [{ id: 'root', path: '/chain-a', format: 'raw', interface: 'virtio', bootIndex: 0 }],
};
const onDisk = (file: string): MachineDescription => ({
  ...description,
  disks: [{ ...description.disks![0]!, path: file }],
});

describe.skipIf(!qemuAvailable)('boots from disk that are kept at their mark', () => {
  let session: Session;
  let context: MachineContext;
  let directory: string;
  let machines: FakeMachines;
  let events: ServerEvent[];
  let boots: MarkedBoots;
  beforeEach(() => {
    session = Session.start();
    context = { session, accelerator: { kind: 'tcg', reason: 'tests' } };
    directory = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-marks-'));
    machines = new FakeMachines();
    events = [];
    boots = new MarkedBoots({
      name: 'web-01',
      context,
      shelf: new WaypointShelf(directory, machines.fork),
      onEvent: (event) => events.push(event),
      startVm: machines.start,
      chainOf: async ({ path: file }) => /^\/chain-./.exec(file)?.[0],
    });
  });
  afterEach(async () => {
    await boots.stop('the test is over');
    await machines[Symbol.asyncDispose]();
    await session.dispose();
    rmSync(directory, { recursive: true, force: true });
  });
  const saved = () => events.filter(({ kind }) => kind === 'saved').length;

  it('walks the first boot of a chain, which goes on, and forks the next ones, also on another disk', async () => {
    const first = await boots.start(description);
    expect(first.machine).toBe(machines.last);
    expect(machines.last.context.storageDirectory).toBe(directory);
    await machines.last.prints('boot manager\r\n');
    machines.last.marks();
    await expect.poll(saved).toBe(1);
    expect(boots.still).toBeUndefined();
    expect(machines.last.ended).toBe(false);
    expect(machines.last.description.bootMarkKept).toBe(true);

    const next = await boots.start(onDisk('/chain-a-on-another-disk'));
    expect(next.machine).toBe(machines.forked[0]);
    expect(next.serialBefore).toBe('boot manager\r\n');
    expect(events.at(-1)).toMatchObject({ kind: 'forked', to: 'boot-manager' });
  });

  it('walks another chain, and one of other hardware', async () => {
    await boots.start(description);
    machines.last.marks();
    await expect.poll(saved).toBe(1);
    await boots.start(onDisk('/chain-b'));
    await boots.start({ ...description, memoryMiB: 64 });
    expect([machines.started.length, machines.forked.length]).toEqual([3, 0]);
  });

  it.each([
    ['a disk whose chain is not known', onDisk('/unknown')],
    ['a machine that cannot be marked', { ...description, bootMark: false }],
    ['UEFI firmware', { ...description, firmware: 'uefi' as const }],
    ['no disk', { ...description, disks: [] }],
    [
      'a disk behind another one that the boot manager looks at',
      {
        ...description,
        disks: [{ ...description.disks![0]!, id: 'data', bootIndex: 1 }, description.disks![0]!],
      },
    ],
  ])('keeps nothing of %s', async (_what, other) => {
    await boots.start(other);
    expect(machines.last.context.storageDirectory).toBeUndefined();
    expect(machines.last.description.bootMarkKept).toBeUndefined();
    machines.last.marks();
    await boots.stop('switched off');
    expect([readdirSync(directory), events]).toEqual([[], []]);
  });

  it('starts nothing of a chain that is not known, where only a marked boot is asked for', async () => {
    expect(await boots.startMarked(onDisk('/unknown'))).toBeUndefined();
    expect(machines.started).toEqual([]);
    const known = await boots.startMarked(description);
    expect(known?.machine).toBe(machines.last);
  });

  it('keeps nothing of a machine that is switched off before its mark, and says nothing of it', async () => {
    await boots.start(description);
    await boots.stop('switched off');
    expect([readdirSync(directory), events]).toEqual([[], []]);
  });

  it('says why a boot could not be kept; its machine goes on', async () => {
    await boots.start(description);
    machines.last.markFailure = new Error('no space left');
    machines.last.marks();
    await expect.poll(() => events.at(-1)).toMatchObject({ kind: 'not-saved', reason: 'no space left' });
    expect(machines.last.ended).toBe(false);
    expect(readdirSync(directory)).toEqual([]);
  });
});
