import { describe, expect, it } from 'vitest';
import { memoryDisk } from '../testing/ldm-samples';
import { recogniseVolume } from './index';
import { smallExfat, smallFat32, smallNtfs } from './testing/small-volumes';

const recognise = (bytes: Uint8Array) => recogniseVolume(memoryDisk(bytes));

describe('recogniseVolume', () => {
  it('knows NTFS', () => {
    expect(recognise(smallNtfs({ label: 'System Reserved' }))).toEqual({
      fileSystem: 'NTFS',
      label: 'System Reserved',
      serial: 0x0e60a9b210610097n,
    });
  });

  it('knows FAT32, and takes the label from the root directory, over its clusters', () => {
    expect(recognise(smallFat32('KUNDE'))).toEqual({
      fileSystem: 'FAT32',
      label: 'KUNDE',
      serial: 0x1234abcdn,
    });
  });

  it('knows exFAT', () => {
    expect(recognise(smallExfat('Größe'))).toEqual({
      fileSystem: 'exFAT',
      label: 'Größe',
      serial: 0xcafe1234n,
    });
  });

  it('ends where a chain of clusters does not', () => {
    const volume = smallFat32('KUNDE');
    // Both clusters follow each other, and no entry says that it is the last.
    volume.set([2, 0, 0, 0], 32 * 512 + 5 * 4);
    const root = (32 + 2 * Math.ceil(70_000 / 128)) * 512;
    volume.fill(0xe5, root, root + 4 * 512);
    expect(recognise(volume)).toMatchObject({ fileSystem: 'FAT32', label: '' });
  });

  it('knows nothing else', () => {
    for (const bytes of [
      new Uint8Array(0),
      new Uint8Array(4096),
      smallNtfs().fill(0x20, 3, 11),
      smallFat32('KUNDE').fill(3, 16, 17),
    ])
      expect(recognise(bytes)).toBeUndefined();
  });

  it('refuses sizes that exFAT does not have', () => {
    const volume = smallExfat('A');
    volume[0x6c] = 77;
    expect(() => recognise(volume)).toThrow('The exFAT boot sector says 2^77 bytes per sector');
  });
});
