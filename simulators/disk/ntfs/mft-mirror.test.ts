import { describe, expect, it } from 'vitest';
import { DiskFormatError } from '../bytes';
import { memoryDisk } from '../testing/ldm-samples';
import { dirtyFlagPatches, mirrorPatches, readNtfs } from './index';
import { SMALL_NTFS, smallNtfs } from './testing/small-volumes';

describe('mirrorPatches', () => {
  it('repeats what was written to the table and not to its mirror', () => {
    const disk = memoryDisk(smallNtfs());
    expect(mirrorPatches(disk)).toEqual([]);
    const [, table] = dirtyFlagPatches(disk, true);
    disk.apply([table!]);
    const patches = mirrorPatches(disk);
    expect(patches.map(({ offsetBytes }) => offsetBytes)).toEqual([SMALL_NTFS.mirror]);
    disk.apply(patches);
    expect(mirrorPatches(disk)).toEqual([]);
    expect(readNtfs(disk).dirty).toBe(true);
  });

  it('takes no record that was written half', () => {
    const disk = memoryDisk(smallNtfs());
    disk.bytes[SMALL_NTFS.table + 510]! ^= 1;
    expect(() => mirrorPatches(disk)).toThrow(DiskFormatError);
  });
});
