import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PARTITION_TYPES } from '../../disk/gpt';
import { type MemoryDisk, memoryDisk } from '../../disk/testing/ldm-samples';
import { addPartition, initialiseGpt, MbrType } from '../disk-tables';
import { session } from '../tools/diskpart/testing/session';
import { basicDisk, MachineRig, mirrorDisks, SECTORS } from './testing/machine-rig';

/** A small generator that is the same at each run (Numerical Recipes). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

describe('damaged disks', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
  });
  afterEach(() => rig.remove());

  const ranges = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
  const PRIVATE = SECTORS - 2048;
  const seeds: Readonly<Record<string, { make(): MemoryDisk[]; sectors: readonly number[] }>> = {
    'with logical drives': {
      make: () => {
        const disk = basicDisk(2, 4096);
        const add = (kind: 'extended' | 'logical', type: number, startSector: number, sizeSectors: number) =>
          disk.apply(addPartition(disk, { kind, type, startSector, sizeSectors, guid: '' }));
        add('extended', MbrType.extended, 8192, 20480);
        add('logical', 7, 10240, 4096);
        add('logical', 7, 16384, 4096);
        return [disk];
      },
      sectors: [0, 8192, 14336],
    },
    'with a GPT': {
      make: () => {
        const disk = memoryDisk(new Uint8Array(SECTORS * 512));
        disk.apply(initialiseGpt(disk, () => '0b2394a9-095e-487d-8d48-719ecd4d78ca'));
        const guid = '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b';
        const place = { startSector: 2048, sizeSectors: 4096 };
        disk.apply(addPartition(disk, { ...place, kind: 'primary', type: PARTITION_TYPES.basicData, guid }));
        return [disk];
      },
      sectors: [0, 1, 2, SECTORS - 1],
    },
    'of a mirror': {
      make: () => mirrorDisks(),
      sectors: [0, 6, ...ranges(PRIVATE, 20), ...ranges(PRIVATE + 1490, 20), SECTORS - 1],
    },
  };

  it.each(Object.keys(seeds))(
    '%s never keep the machine from starting, nor diskpart from answering',
    async (name) => {
      const { make, sectors } = seeds[name]!;
      const random = randomNumbers(name.length);
      for (let round = 0; round < 30; round += 1) {
        rig.disks = [basicDisk(1, 16384), ...make()];
        for (let change = 0; change < 1 + random(4); change += 1) {
          const at = sectors[random(sectors.length)]! * 512 + random(512);
          rig.disks[1]!.bytes[at] = [0, 1, 0x80, 0xff, random(256)][random(5)]!;
        }
        const host = await rig.start({ sanPolicy: 'OnlineAll', primaryDiskGroup: 'CUSTOMER-Dg0' });
        const answers = await session(
          host,
          'select disk 1',
          'list partition',
          'detail disk',
          'create partition primary size=1',
          'list volume',
          'clean',
          'list partition',
        );
        expect(answers[0]).toBe('Disk 1 is now the selected disk.');
        expect(answers.slice(5)).toEqual([
          'DiskPart succeeded in cleaning the disk.',
          'There are no partitions on this disk to show.',
        ]);
        expect(answers.join()).not.toMatch(
          /undefined|is not a function|Cannot read|Invalid array|offset is out/i,
        );
      }
    },
  );
});
