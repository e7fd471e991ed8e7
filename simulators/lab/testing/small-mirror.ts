import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import type { MirroredVolume } from '../../../images';

const MIB = 1024 * 1024;

/**
 * Two disks of 8 MiB in a folder, `disk1.raw` and `disk2.raw`, with the same fresh NTFS volume in different places and
 * noise around it.
 */
export async function makeSmallMirror(folder: string): Promise<MirroredVolume> {
  const volume: MirroredVolume = {
    sizeBytes: 4 * MIB,
    copies: [
      { disk: 0, offsetBytes: MIB },
      { disk: 1, offsetBytes: 2 * MIB + 512 },
    ],
  };
  const ntfs = path.join(folder, 'volume');
  writeFileSync(ntfs, Buffer.alloc(volume.sizeBytes));
  await execa('mkntfs', ['--quick', '--force', '--quiet', ntfs]);
  for (const { disk, offsetBytes } of volume.copies) {
    const file = path.join(folder, `disk${disk + 1}.raw`);
    writeFileSync(file, randomBytes(8 * MIB));
    const place = ['bs=512', `seek=${offsetBytes / 512}`, 'conv=notrunc', 'status=none'];
    await execa('dd', [`if=${ntfs}`, `of=${file}`, ...place]);
  }
  return volume;
}
