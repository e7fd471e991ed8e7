import { describe, expect, it } from 'vitest';
import { buildMbr } from '../../disk/mbr';
import { activeEntry, bootSectorsFailure, volumeLoader } from '.';

const partition = (number: number, active: boolean) => ({
  number,
  active,
  type: 7,
  startSector: number * 2048,
  sizeSectors: 2048,
});
const disk = (...active: boolean[]) =>
  buildMbr({
    signature: 1,
    bootCode: Uint8Array.of(0xfa),
    partitions: active.map((flag, index) => partition(index + 1, flag)),
  });
const volume = new Uint8Array(512).fill(0x90, 0x54, 0x1fe);
volume.set([0x55, 0xaa], 510);

const fails = (diskSector: Uint8Array, volumeSector?: Uint8Array) =>
  bootSectorsFailure('windows-6.1', diskSector, volumeSector)?.info;

describe('what boot sectors do', () => {
  it('starts the active partition', () => {
    expect(activeEntry(disk(false, true))).toBe(1);
    expect(fails(disk(false, true), volume)).toBeUndefined();
    expect(fails(disk(true))).toBeUndefined();
  });

  it('ends in the firmware without a mark', () => {
    expect(fails(disk(true).fill(0, 510), volume)).toBe('No bootable device.');
  });

  it('finds no active partition, or too many, or a flag that is none', () => {
    expect(fails(disk(false, false), volume)).toBe('Missing operating system');
    const two = disk(true, false);
    two[0x1ce] = 0x80;
    expect(fails(two, volume)).toBe('Invalid partition table');
    const odd = disk(true, false);
    odd[0x1ce] = 0x7f;
    expect(fails(odd, volume)).toBe('Invalid partition table');
  });

  it('misses the mark of the volume', () => {
    expect(fails(disk(true), volume.slice().fill(0, 510))).toBe('Missing operating system');
  });

  it('stands still where there is no code', () => {
    const empty = disk(true);
    empty.fill(0, 0, 440);
    expect(fails(empty, volume)).toBe('The disk has no boot code: the machine stands still.');
    expect(fails(disk(true), volume.slice().fill(0, 0x54, 0x1fe))).toBe(
      'The active partition has no boot code: the machine stands still.',
    );
  });
});

it.each([
  ['BOOTMGR is missing', 'BOOTMGR'],
  ['N\0T\0L\0D\0R\0', 'NTLDR'],
  ['', 'BOOTMGR'],
] as const)('boot code with %j starts %s', (text, loader) => {
  expect(volumeLoader(Buffer.from(text, 'latin1'))).toBe(loader);
});
