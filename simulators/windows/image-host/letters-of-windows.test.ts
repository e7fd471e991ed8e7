import { describe, expect, it } from 'vitest';
import type { MountedLocation } from '../../disk/registry';
import { createSystemHive } from '../../disk/sam';
import type { VolumeView } from '../windows-host';
import { lettersOfWindows } from './letters-of-windows';

const mbr = (signature: number, offsetMiB: number) =>
  ({ style: 'mbr', signature, offsetBytes: offsetMiB << 20 }) as const;
const gpt = (partitionGuid: string) =>
  ({ style: 'gpt', diskGuid: '6a3f1e52-8b77-4c1d-9d0e-2f4b6a8c0e11', partitionGuid }) as const;
const dynamic = { style: 'dynamic', volumeGuid: '0649aaaa-fbfd-11e1-8cf9-52540061f5db' } as const;
const ESP = gpt('0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9');

function volumes(...locations: (readonly [VolumeView['location'], VolumeView['info']?])[]): VolumeView[] {
  return locations.map(([location, info = ''], number) => ({
    number,
    letter: undefined,
    label: '',
    fileSystem: 'NTFS',
    type: 'Partition',
    sizeBytes: 1 << 20,
    status: 'Healthy',
    info,
    diskNumbers: [0],
    devicePath: `\\Device\\HarddiskVolume${number + 1}`,
    location,
    mountPoint: undefined,
  }));
}

const withoutLetter = (views: readonly VolumeView[], ...numbers: number[]): VolumeView[] =>
  views.map((view) => ({ ...view, withoutLetter: numbers.includes(view.number) }));

function systemHive(...devices: (readonly [letter: string | undefined, location: MountedLocation])[]) {
  const volumeGuid = '0649bbbb-fbfd-11e1-8cf9-52540061f5db';
  return createSystemHive({
    computerName: 'KUNDE-01',
    bootKey: new Uint8Array(16),
    mountedDevices: devices.map(([letter, location]) =>
      letter === undefined ? { volumeGuid, location } : { letter, location },
    ),
  });
}

const lettersOf = (views: readonly VolumeView[], own?: number, system?: ReturnType<typeof systemHive>) =>
  Object.fromEntries(
    lettersOfWindows(views, own === undefined ? undefined : { volume: views[own]!, system }),
  );

describe('letters of an installed Windows', () => {
  it('are those of its MountedDevices, for partitions of both styles and dynamic volumes', () => {
    const guid = gpt('1b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9');
    const views = volumes([mbr(1, 1)], [mbr(1, 100)], [guid], [dynamic]);
    const system = systemHive(['S', mbr(1, 1)], ['C', mbr(1, 100)], ['G', guid], ['e', dynamic]);
    expect(lettersOf(views, 1, system)).toEqual({ 0: 'S', 1: 'C', 2: 'G', 3: 'E' });
  });

  it('may leave C: to another volume than its own', () => {
    const views = volumes([mbr(1, 1)], [mbr(1, 100)]);
    expect(lettersOf(views, 1, systemHive(['C', mbr(1, 1)], ['D', mbr(1, 100)]))).toEqual({ 0: 'C', 1: 'D' });
  });

  it('are C: for its own volume, where they say nothing of it: a cloned disk was signed anew', () => {
    const views = volumes([mbr(2, 1), 'System'], [mbr(2, 100)], [mbr(2, 200)]);
    expect(lettersOf(views, 1, systemHive(['C', mbr(1, 100)]))).toEqual({ 1: 'C', 2: 'D' });
  });

  it('are C: for its own volume before volumes with lower numbers', () => {
    expect(lettersOf(volumes([mbr(2, 1)], [mbr(1, 100)]), 1, systemHive())).toEqual({ 0: 'D', 1: 'C' });
  });

  it('are the next free ones for volumes that it does not know', () => {
    const views = volumes([mbr(1, 100)], [mbr(2, 1)], [mbr(3, 1)]);
    expect(lettersOf(views, 0, systemHive(['C', mbr(1, 100)], ['D', mbr(3, 1)]))).toEqual({
      0: 'C',
      1: 'E',
      2: 'D',
    });
  });

  it('are none for what it knows without a letter, and for the system partition', () => {
    const views = volumes([mbr(1, 1), 'System'], [mbr(1, 100)], [mbr(1, 200)]);
    const system = systemHive(['C', mbr(1, 100)], [undefined, mbr(1, 200)]);
    expect(lettersOf(views, 1, system)).toEqual({ 1: 'C' });
  });

  it('are none for EFI system partitions of other disks, unless it knows one by a letter', () => {
    const other = gpt('2b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9');
    const views = withoutLetter(
      volumes([mbr(1, 100)], [ESP, 'Hidden'], [other, 'Hidden'], [mbr(2, 1)]),
      1,
      2,
    );
    expect(lettersOf(views, 0, systemHive(['C', mbr(1, 100)]))).toEqual({ 0: 'C', 3: 'D' });
    expect(lettersOf(views, 0, systemHive(['S', other]))).toEqual({ 0: 'C', 2: 'S', 3: 'D' });
  });

  it('are given although its SYSTEM hive cannot be read', () => {
    expect(lettersOf(volumes([mbr(1, 1), 'System'], [mbr(1, 100)]), 1, undefined)).toEqual({ 1: 'C' });
  });

  it('end with Z:', () => {
    const views = volumes(...Array.from({ length: 30 }, (_, number) => [mbr(9, number + 1)] as const));
    expect(Object.values(lettersOf(views, 0, systemHive())).join('')).toBe('CDEFGHIJKLMNOPQRSTUVWXYZ');
  });
});

describe('letters without an installed Windows', () => {
  it('go from C: on, to System Reserved too', () => {
    expect(lettersOf(volumes([mbr(1, 1), 'System'], [mbr(1, 100)], [dynamic]))).toEqual({
      0: 'C',
      1: 'D',
      2: 'E',
    });
  });

  it('are none for what Windows leaves without one, such as an EFI system partition', () => {
    expect(lettersOf(withoutLetter(volumes([ESP, 'System'], [mbr(1, 100)]), 0))).toEqual({ 1: 'C' });
  });
});
