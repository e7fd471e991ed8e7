import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assembleGroups, readMember } from '../../disk/ldm';
import { basicDisk, MachineRig, mirrorDisks } from './testing/machine-rig';

const GROUP = 'CUSTOMER-Dg0';
const IN_SYNC = '0 16384 mirror 2 253:1 253:2 16/16 1 AA 1 core';
const COPYING = '0 16384 mirror 2 253:1 253:2 7/16 1 AA 1 core';

describe('mirrors', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
    rig.disks = [basicDisk(1, 16384), ...mirrorDisks()];
    rig.answers = (line) => (line.startsWith('dmsetup status') ? COPYING : '');
  });
  afterEach(() => rig.remove());

  const start = async () => {
    rig.commands.length = 0;
    return rig.start({ sanPolicy: 'OnlineAll', primaryDiskGroup: GROUP });
  };
  /** How the last start set the mirror up: `nosync` copies nothing. */
  const mapping = () => rig.commands.find((line) => / mirror core /.test(line))?.replace(/^.* mirror /, '');
  const inOrder = 'core 2 1024 nosync 2 /dev/vdb 2048 /dev/vdc 2048';
  const copied = 'core 1 1024 2 /dev/vdb 2048 /dev/vdc 2048';
  const dirty = (...numbers: number[]) =>
    assembleGroups(numbers.map((number) => readMember(rig.disks[number]!)!))[0]!.volumes[0]!.dirty;

  it('are taken as they are after an orderly stop', async () => {
    const host = await start();
    expect(mapping()).toBe(inOrder);
    expect(dirty(1, 2)).toBe(true);
    await host.restart();
    expect(dirty(1, 2)).toBe(false);
    await start();
    expect(mapping()).toBe(inOrder);
  });

  it('are copied after a hard stop, until the kernel says that nothing is left', async () => {
    await start();
    const host = await start();
    expect(mapping()).toBe(copied);
    const mirror = async () => (await host.volumes()).find(({ type }) => type === 'Mirror')!;
    expect(await mirror()).toMatchObject({ status: 'Rebuild' });
    rig.answers = () => IN_SYNC;
    expect(await mirror()).toMatchObject({ status: 'Healthy' });
    await host.shutdown();
    expect(dirty(1, 2)).toBe(false);
    await start();
    expect(mapping()).toBe(inOrder);
  });

  it('are copied again when the stop comes before the end of the copy', async () => {
    await start();
    await (await start()).restart();
    await start();
    expect(mapping()).toBe(copied);
  });

  it('of a hard-stopped customer are copied once they are imported', async () => {
    await start();
    rig.commands.length = 0;
    const rescue = await rig.start({ sanPolicy: 'OnlineAll' });
    expect((await rescue.disks())[1]).toMatchObject({ status: 'Foreign' });
    await rescue.importForeign(1);
    expect(mapping()).toBe(copied);
  });

  it('that the running system lies on are written on one half only, so the other one is copied by the next who imports them', async () => {
    rig.disks = mirrorDisks();
    const system = await rig.start();
    await system.shutdown();
    expect(dirty(0, 1)).toBe(true);
    rig.disks = [basicDisk(1, 16384), ...rig.disks];
    const rescue = await rig.start({ sanPolicy: 'OnlineAll' });
    rig.commands.length = 0;
    await rescue.importForeign(2);
    expect(mapping()).toBe(copied);
  });

  it('fail when the good half leaves before the copy is done, and go on from it when it returns', async () => {
    await start();
    const host = await start();
    await host.offlineDisk(1);
    const mirror = async () => (await host.volumes()).find(({ type }) => type === 'Mirror')!;
    expect(await mirror()).toMatchObject({ status: 'Failed', mountPoint: undefined });
    rig.commands.length = 0;
    await host.onlineDisk(1);
    expect(mapping()).toBe(copied);
  });

  it('go on with either half once they are equal', async () => {
    await start();
    const host = await start();
    rig.answers = () => IN_SYNC;
    await host.volumes();
    await host.offlineDisk(1);
    expect((await host.volumes())[1]).toMatchObject({ status: 'Failed Rd', diskNumbers: [2] });
    rig.commands.length = 0;
    await host.onlineDisk(1);
    expect(mapping()).toBe('core 1 1024 2 /dev/vdc 2048 /dev/vdb 2048');
  });
});

describe('a foreign group on a machine with a group of its own', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
  });
  afterEach(() => rig.remove());

  it('joins that group when it is imported, whose name stays', async () => {
    const [half] = mirrorDisks();
    const [, other] = mirrorDisks('M:', 'OTHER-Dg0');
    rig.disks = [basicDisk(1, 16384), half!, other!];
    const host = await rig.start({ sanPolicy: 'OnlineAll', primaryDiskGroup: GROUP });
    expect((await host.disks()).map(({ status }) => status)).toEqual(['Online', 'Online', 'Foreign']);
    await host.importForeign(2);
    expect((await host.disks()).map(({ status }) => status)).toEqual(['Online', 'Online', 'Online']);
    expect([1, 2].map((disk) => readMember(rig.disks[disk]!)!.privHead.groupName)).toEqual([GROUP, GROUP]);
    expect((await host.volumes()).map(({ type, letter }) => [type, letter])).toEqual([
      ['Partition', 'C'],
      ['Mirror', undefined],
      ['Mirror', 'M'],
    ]);
  });
});
