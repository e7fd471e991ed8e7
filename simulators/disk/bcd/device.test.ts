import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../bytes';
import { type BcdDevice, decodeDevice, encodeDevice } from '.';

const ZEROS = '00'.repeat(16);

const partition: BcdDevice = {
  kind: 'partition',
  style: 'mbr',
  signature: 0xddba6bbb,
  offsetBytes: 0x100000,
};
const gptPartition: BcdDevice = {
  kind: 'partition',
  style: 'gpt',
  diskGuid: '0b2394a9-095e-487d-8d48-719ecd4d78ca',
  partitionGuid: '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b',
};

describe('a device element', () => {
  it('names an MBR partition by signature and byte offset, as a store made by Windows does', () => {
    const seen = fromHex(
      `${ZEROS} 06000000 00000000 48000000 00000000
       00001000 00000000 00000000 00000000 00000000 01000000 bb6bbadd 00000000 ${ZEROS} 00000000 00000000`,
    );
    expect(decodeDevice(seen)).toEqual(partition);
    expect(toHex(encodeDevice(partition))).toBe(toHex(seen));
  });

  it('names a GPT partition by its and its disk’s GUID, as a store made by Windows does', () => {
    const seen = fromHex(
      `${ZEROS} 06000000 00000000 48000000 00000000
       382c0f8e eae4ba47 b7fc9d8c 74dccf0b 00000000 00000000 a994230b 5e097d48 8d48719e cd4d78ca ${ZEROS}`,
    );
    expect(decodeDevice(seen)).toEqual(gptPartition);
    expect(toHex(encodeDevice(gptPartition))).toBe(toHex(seen));
  });

  it('locates a partition by the path in another element', () => {
    const seen = fromHex(`${ZEROS} 08000000 00000000 1e000000 00000000 00000000 02000012 00000000 0000`);
    expect(decodeDevice(seen)).toEqual({ kind: 'locate', element: 0x12000002, path: '' });
    expect(toHex(encodeDevice({ kind: 'locate', element: 0x12000002, path: '' }))).toBe(toHex(seen));
  });

  it('writes the three sizes of a virtual disk device where they were deduced', () => {
    const path = '\\images\\server.vhd';
    const bytes = encodeDevice({ kind: 'vhd', partition, parent: gptPartition, path });
    const size = (offset: number) => new DataView(bytes.buffer).getUint32(offset, true);
    expect(bytes.length).toBe(0xb0 + 2 * (path.length + 1));
    expect([size(0x18), size(0x50), size(0x60)]).toEqual([
      bytes.length - 0x10,
      bytes.length - 0x48,
      bytes.length - 0x5c,
    ]);
    expect([size(0x30), size(0x58), size(0x68), size(0x8c)]).toEqual([6, 5, 6, 0]);
  });

  it('locates a partition in a virtual disk, as two programs write it that were made after stores of Windows', () => {
    const path = '\\x.vhdx';
    const device: BcdDevice = { kind: 'locatedVhd', element: 0x22000002, parent: gptPartition, path };
    const bytes = encodeDevice(device);
    const u32 = (offset: number) => new DataView(bytes.buffer).getUint32(offset, true);
    expect(bytes.length).toBe(0xbe + 2 * (path.length + 1));
    // locate, its size, the element, where the disk stands; the disk and its size; virtual; the file; its parent.
    expect([0x10, 0x18, 0x24, 0x28].map(u32)).toEqual([8, bytes.length - 0x10, 0x22000002, 0x1e]);
    expect([0x2e, 0x36, 0x3e].map(u32)).toEqual([0, 146 + 2 * path.length, 6]);
    expect([0x5e, 0x66].map(u32)).toEqual([106 + 2 * path.length, 5]);
    expect([0x6a, 0x6e, 0x72, 0x76, 0x7e].map(u32)).toEqual([1, 86 + 2 * path.length, 5, 6, 0x48]);
    expect(decodeDevice(bytes)).toEqual(device);
  });

  it.each<BcdDevice>([
    { kind: 'boot' },
    { kind: 'locatedVhd', element: 0x12000002, parent: { kind: 'boot' }, path: '\\x.vhd' },
    { kind: 'boot', options: 'ae5534e0-a924-466c-b836-758539a3ee3a' },
    { kind: 'partition', style: 'mbr', signature: 0xffffffff, offsetBytes: 8_005_877_760 },
    { kind: 'file', parent: partition, path: '\\ü.wim' },
    { kind: 'vhd', partition: gptPartition, parent: { kind: 'boot' }, path: '\\x.vhd' },
    {
      kind: 'ramdisk',
      parent: { kind: 'boot' },
      path: '\\sources\\boot.wim',
      imageBase: 0,
      imageSize: 0x8c,
      imageOffset: 0,
      options: 'ae5534e0-a924-466c-b836-758539a3ee3a',
    },
  ])('comes back as it was written: $kind', (device) => {
    expect(decodeDevice(encodeDevice(device))).toEqual(device);
  });

  it.each([
    ['an empty element', ''],
    ['half a descriptor', `${ZEROS} 06000000 00000000`],
    ['a device kind of its own', `${ZEROS} 04000000 00000000 18000000 00000000 0102030405060708`],
    [
      'a partition with bytes where zeros belong',
      `${ZEROS} 05000000 00000000 48000000 00000000 ${'11'.repeat(56)}`,
    ],
  ])('keeps %s as it is', (_name, hex) => {
    const raw = fromHex(hex);
    const device = decodeDevice(raw);
    expect(device).toEqual({ kind: 'unknown', raw });
    expect(toHex(encodeDevice(device))).toBe(toHex(raw));
  });

  it('never throws, and loses no byte, whatever bytes change', () => {
    const sound = encodeDevice({
      kind: 'vhd',
      partition,
      parent: gptPartition,
      path: '\\images\\server.vhd',
    });
    let state = 1;
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let round = 0; round < 300; round += 1) {
      const bytes = sound.slice(0, round % 3 === 0 ? random(sound.length) : sound.length);
      for (let change = random(4); change > 0; change -= 1) bytes[random(bytes.length)] = random(256);
      expect(toHex(encodeDevice(decodeDevice(bytes)))).toBe(toHex(bytes));
    }
  });

  it.each([
    [{ ...partition, signature: -1 }, 'disk signature -1'],
    [{ ...partition, offsetBytes: 1.5 }, 'partition offset 1.5'],
  ])('refuses numbers that do not fit', (device, text) => {
    expect(() => encodeDevice(device)).toThrow(text);
  });
});
