import { randomUUID } from 'node:crypto';
import { mkdir, open, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createDiskGroup } from '../../simulators/disk/ldm';
import { makeNtfsVolume } from '../ntfs';
import type { Recipe } from '../recipe';

const MIB = 1024 * 1024;
/** Windows 2008 R2 forms it from the name of the computer that made the group. */
export const customerDiskGroup = 'CUSTOMER-Dg0';
const layout = {
  diskMiB: 64,
  volumeMiB: 48,
  groupName: customerDiskGroup,
  label: 'DATA',
  signatures: [0x901ce95f, 0x980f39f0],
};

/** Where the mirrored volume lies: the same bytes on both disks. Written beside the disks as `volume.json`. */
export interface MirroredVolume {
  readonly sizeBytes: number;
  readonly copies: readonly { readonly disk: number; readonly offsetBytes: number }[];
}

/** Two dynamic disks with one mirrored NTFS volume, as a server's data disks: `disk1.raw` and `disk2.raw`. */
export const mirroredData: Recipe = {
  name: 'mirrored-data',
  summary: "two dynamic disks with a mirrored volume, the server's data",
  needs: [],
  sources: [
    'images/recipes/mirrored-data.ts',
    'images/ntfs.ts',
    'simulators/disk/bytes',
    'simulators/disk/gpt',
    'simulators/disk/ldm',
    'simulators/disk/mbr',
  ],
  parameters: layout,
  async build(context) {
    const group = createDiskGroup({
      groupName: layout.groupName,
      disks: layout.signatures.map((signature) => ({ sizeSectors: (layout.diskMiB * MIB) / 512, signature })),
      volumes: [
        { name: 'Volume1', layout: 'mirror', sizeSectors: (layout.volumeMiB * MIB) / 512, mountHint: 'E:' },
      ],
      now: new Date(),
      newGuid: randomUUID,
    });
    const volume = group.volumes[0]!;
    const content = path.join(context.temp, 'content');
    const ntfs = path.join(context.temp, 'volume.ntfs');
    await mkdir(path.join(content, 'Shares'), { recursive: true });
    await writeFile(path.join(content, 'Shares/readme.txt'), 'The data of a customer.\r\n');
    await makeNtfsVolume(context, {
      file: ntfs,
      sizeBytes: layout.volumeMiB * MIB,
      startSector: volume.copies[0]!.offsetBytes / 512,
      label: layout.label,
      content,
    });
    for (const [index, patches] of group.patches.entries()) {
      const disk = path.join(context.out, `disk${index + 1}.raw`);
      await writeFile(disk, '');
      await truncate(disk, layout.diskMiB * MIB);
      const file = await open(disk, 'r+');
      try {
        for (const patch of patches) {
          await file.write(patch.bytes, 0, patch.bytes.length, patch.offsetBytes);
        }
      } finally {
        await file.close();
      }
      const copy = volume.copies.find((candidate) => candidate.disk === index)!;
      await context.run('dd', [
        `if=${ntfs}`,
        `of=${disk}`,
        'bs=512',
        `seek=${copy.offsetBytes / 512}`,
        'conv=notrunc,sparse',
        'status=none',
      ]);
    }
    const facts: MirroredVolume = { sizeBytes: layout.volumeMiB * MIB, copies: volume.copies };
    await writeFile(path.join(context.out, 'volume.json'), JSON.stringify(facts));
  },
};
