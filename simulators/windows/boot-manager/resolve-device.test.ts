import { describe, expect, it } from 'vitest';
import { type DiskTable, resolveDevice } from '.';

const DISK = '0b2394a9-095e-487d-8d48-719ecd4d78ca';
const PARTITION = '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b';
const gpt: DiskTable = {
  style: 'gpt',
  guid: `{${DISK.toUpperCase()}}`,
  partitions: [{ offsetBytes: 1 << 20 }, { offsetBytes: 1 << 21, guid: PARTITION.toUpperCase() }],
};
const raw: DiskTable = { style: 'raw', partitions: [] };
const device = { kind: 'partition', style: 'gpt', diskGuid: DISK, partitionGuid: PARTITION } as const;

describe('resolving a device', () => {
  it('needs both GUIDs of a GPT partition', () => {
    expect(resolveDevice(device, [raw, gpt])).toEqual({ disk: 1, partition: 1 });
    expect(resolveDevice({ ...device, diskGuid: PARTITION }, [raw, gpt])).toBeUndefined();
    expect(resolveDevice({ ...device, partitionGuid: DISK }, [raw, gpt])).toBeUndefined();
  });

  it('leads to the partition that holds an image', () => {
    const ramdisk = {
      kind: 'ramdisk',
      parent: device,
      path: '\\sources\\boot.wim',
      imageBase: 0,
      imageSize: 0,
      imageOffset: 0,
    } as const;
    expect(resolveDevice(ramdisk, [gpt])).toEqual({ disk: 0, partition: 1, image: '\\sources\\boot.wim' });
    expect(resolveDevice(ramdisk, [raw])).toBeUndefined();
  });

  it('fails for unknown devices, and for `boot` and `locate` without a context', () => {
    expect(resolveDevice({ kind: 'unknown', raw: new Uint8Array(88) }, [gpt])).toBeUndefined();
    expect(resolveDevice({ kind: 'boot' }, [gpt])).toBeUndefined();
    expect(resolveDevice({ kind: 'locate', element: 0x12000002, path: '\\a' }, [gpt])).toBeUndefined();
  });
});
