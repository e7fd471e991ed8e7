import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { DiskFormatError } from '../bytes';
import { createdDisks, everyLayout } from '../testing/ldm-disks';
import { type MemoryDisk, memoryDisk } from '../testing/ldm-samples';
import {
  assembleGroups,
  type DiskGroup,
  type LdmMember,
  openVolume,
  readMember,
  type VolumeReader,
} from './index';

describe('openVolume', () => {
  let images: readonly Uint8Array[];
  beforeAll(() => {
    images = createdDisks(everyLayout()).disks.map(({ bytes }) => bytes);
  });

  /** The group on fresh copies of its disks. */
  const copies = () => {
    const disks = images.map((bytes) => memoryDisk(bytes.slice()));
    const members = disks.map((disk) => readMember(disk)!);
    const [group] = assembleGroups(members) as [DiskGroup];
    return { disks, members, group };
  };
  type Copies = ReturnType<typeof copies>;

  const open = ({ disks, members, group }: Copies, name: string, absent: readonly number[] = []) => {
    const diskOf = (member: LdmMember) => {
      const index = members.indexOf(member);
      return absent.includes(index) ? undefined : disks[index];
    };
    return openVolume(group.volumes.find((volume) => volume.name === name)!, diskOf);
  };

  const write = ({ disks, members }: Copies, volume: VolumeReader, offset: number, bytes: Uint8Array) => {
    for (const { member, patches } of volume.writeVolume(offset, bytes))
      (disks[members.indexOf(member)] as MemoryDisk).apply(patches);
  };

  const operation = (sizeBytes: number) =>
    fc
      .tuple(fc.nat(sizeBytes - 1), fc.oneof(fc.nat(4096), fc.nat(300_000)), fc.integer({ min: 1, max: 255 }))
      .map(([offset, length, seed]) => ({ offset, length: Math.min(length, sizeBytes - offset), seed }));

  const pattern = (length: number, seed: number) => {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index += 1) bytes[index] = index * 31 + (index >> 8) + seed;
    return bytes;
  };

  it.each([
    ['simple', 'Volume1', [], []],
    ['striped', 'Volume2', [], []],
    ['mirror', 'Volume3', [], []],
    ['mirror without its first half', 'Volume3', [1], [1]],
    ['mirror that loses its first half', 'Volume3', [], [1]],
    ['mirror that loses its second half', 'Volume3', [], [2]],
    ['raid5', 'Volume4', [], []],
    ['raid5 that loses its first column', 'Volume4', [], [3]],
    ['raid5 that loses its second column', 'Volume4', [], [0]],
    ['raid5 that loses its last column', 'Volume4', [], [1]],
    ['raid5 without its second column', 'Volume4', [0], [0]],
    ['raid5 without its last column', 'Volume4', [1], [1]],
    ['spanned', 'Volume5', [], []],
  ] as const)('%s: random writes, then reads, are those of a plain row of bytes', (_, name, absent, lost) => {
    const group = copies();
    const volume = open(group, name, absent);
    const after = open(group, name, lost);
    expect(after.degraded).toBe(lost.length > 0);
    const plain = volume.read(0, volume.sizeBytes).slice();
    const operations = fc.array(operation(volume.sizeBytes), { maxLength: 6 });
    fc.assert(
      fc.property(operations, operations, (writes, reads) => {
        for (const { offset, length, seed } of writes) {
          const bytes = pattern(length, seed);
          plain.set(bytes, offset);
          write(group, volume, offset, bytes);
        }
        for (const { offset, length } of [...reads, { offset: 0, length: plain.length }]) {
          const seen = after.read(offset, length);
          expect(Buffer.compare(seen, plain.subarray(offset, offset + length))).toBe(0);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the parity of every row right', () => {
    const group = copies();
    const volume = open(group, 'Volume4');
    for (const [offset, length] of [
      [0, volume.sizeBytes],
      [65_000, 1000],
      [196_608 - 512, 1024],
    ] as const)
      write(group, volume, offset, pattern(length, 7));
    const { extents } = group.group.volumes.find(({ layout }) => layout === 'raid5')!.components[0]!;
    const columns = extents.map(({ disk, absoluteSector, sizeSectors }) =>
      group.disks[group.members.indexOf(disk.member!)]!.read(absoluteSector! * 512, sizeSectors * 512),
    );
    expect(columns).toHaveLength(4);
    columns[0]!.forEach((byte, at) => {
      if ((byte ^ columns[1]![at]! ^ columns[2]![at]! ^ columns[3]![at]!) !== 0)
        expect.fail(`The parity is wrong at byte ${at}.`);
    });
  });

  it('reads a large part of a striped volume with one call per column', () => {
    const { disks, members, group } = copies();
    const calls: number[] = [];
    const diskOf = (member: LdmMember) => {
      const disk = disks[members.indexOf(member)]!;
      return {
        ...disk,
        read: (offset: number, length: number) => {
          calls.push(length);
          return disk.read(offset, length);
        },
      };
    };
    for (const [name, columns] of [
      ['Volume2', 3],
      ['Volume4', 4],
    ] as const) {
      calls.length = 0;
      const volume = openVolume(group.volumes.find((each) => each.name === name)!, diskOf);
      volume.read(0, volume.sizeBytes);
      expect(calls).toHaveLength(columns);
    }
  });

  it.each([
    ['Volume1', [2], 'simple'],
    ['Volume2', [3], 'striped'],
    ['Volume3', [1, 2], 'mirrored'],
    ['Volume4', [0, 1], 'raid5'],
    ['Volume5', [0], 'spanned'],
  ] as const)('refuses %s without the disks %j', (name, absent, layout) => {
    expect(() => open(copies(), name, absent)).toThrow(DiskFormatError);
    expect(() => open(copies(), name, absent)).toThrow(
      `Volume ${name} (${layout}) has no complete, up-to-date copy of its data`,
    );
  });

  it('reads nothing outside the volume', () => {
    const volume = open(copies(), 'Volume1');
    expect(volume.read(volume.sizeBytes, 0)).toHaveLength(0);
    expect(() => volume.read(volume.sizeBytes - 512, 1024)).toThrow(
      `Bytes ${volume.sizeBytes - 512} to ${volume.sizeBytes + 511} lie outside volume Volume1, which has ${volume.sizeBytes}.`,
    );
    expect(() => volume.writeVolume(-512, new Uint8Array(512))).toThrow(RangeError);
  });
});
