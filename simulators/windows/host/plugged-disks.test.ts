import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basicDisk, MachineRig } from './testing/machine-rig';

describe('disks that come and go while the system runs', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 16384), basicDisk(3, 16384)];
  });
  afterEach(() => rig.remove());

  const paths = (...letters: string[]) => letters.map((letter) => `/dev/vd${letter}`);

  it('are found when it looks again; the others keep their numbers, and a free one is taken', async () => {
    let there = paths('a', 'b');
    const host = await rig.start({
      devices: there.map((path) => ({ path })),
      findDevices: async () => there,
      sanPolicy: 'OnlineAll',
    });
    const numbers = async () => (await host.disks()).map(({ number, signature }) => [number, signature]);
    there = paths('a', 'b', 'c');
    expect(await numbers()).toEqual([
      [0, 1],
      [1, 2],
    ]);
    await host.rescan();
    expect(await numbers()).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect((await host.volumes()).length).toBe(3);
    there = paths('a', 'c');
    await host.rescan();
    expect(await numbers()).toEqual([
      [0, 1],
      [2, 3],
    ]);
    await host.offlineDisk(2);
    await expect(host.onlineDisk(1)).rejects.toThrow('There is no disk 1');
    there = paths('a', 'b', 'c');
    await host.rescan();
    expect((await host.disks()).map(({ number, status }) => [number, status])).toEqual([
      [0, 'Online'],
      [1, 'Online'],
      [2, 'Offline'],
    ]);
  });

  it('are decided about as at the start, and disk 0 stays whatever is found', async () => {
    let there = paths('a');
    const host = await rig.start({
      devices: there.map((path) => ({ path })),
      findDevices: async () => there,
      sanPolicy: 'OfflineShared',
    });
    there = paths('b');
    await host.rescan();
    expect((await host.disks()).map(({ number, status }) => [number, status])).toEqual([
      [0, 'Online'],
      [1, 'Offline'],
    ]);
  });
});
