import { mkdir, open, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildMbr } from '../simulators/disk/mbr';
import { makeNtfsVolume } from './ntfs';
import type { BuildContext } from './recipe';

const MIB = 1024 * 1024;

/** Where a partition lies. */
export interface Place {
  readonly startMiB: number;
  readonly sizeMiB: number;
}

/** A disk that is being made. */
interface NewDisk {
  write(offsetBytes: number, bytes: Uint8Array): Promise<void>;
  addVolume(label: string, place: Place, fill: (folder: string) => Promise<void>): Promise<void>;
  finish(name: string): Promise<void>;
}

/**
 * Starts a disk with a master boot record whose partitions are of type 07, the first of them active.
 * @param bootCode up to 440 bytes before the disk signature
 */
export async function startDisk(
  context: BuildContext,
  signature: number,
  places: readonly Place[],
  bootCode: Uint8Array,
): Promise<NewDisk> {
  const raw = path.join(context.temp, 'disk.raw');
  const last = places.at(-1)!;
  await writeFile(raw, '');
  await truncate(raw, (last.startMiB + last.sizeMiB + 1) * MIB);
  const write = async (offsetBytes: number, bytes: Uint8Array): Promise<void> => {
    const file = await open(raw, 'r+');
    try {
      await file.write(bytes, 0, bytes.length, offsetBytes);
    } finally {
      await file.close();
    }
  };
  await write(
    0,
    buildMbr({
      bootCode,
      signature,
      partitions: places.map((place, index) => ({
        number: index + 1,
        active: index === 0,
        type: 0x07,
        startSector: (place.startMiB * MIB) / 512,
        sizeSectors: (place.sizeMiB * MIB) / 512,
      })),
    }),
  );
  return {
    write,
    async addVolume(label, place, fill) {
      const content = path.join(context.temp, 'content');
      const file = path.join(context.temp, 'volume.ntfs');
      await mkdir(content);
      await fill(content);
      await makeNtfsVolume(context, {
        file,
        sizeBytes: place.sizeMiB * MIB,
        startSector: (place.startMiB * MIB) / 512,
        label,
        content,
      });
      await context.run('dd', [
        `if=${file}`,
        `of=${raw}`,
        'bs=1M',
        `seek=${place.startMiB}`,
        'conv=notrunc,sparse',
        'status=none',
      ]);
      await rm(content, { recursive: true });
      await rm(file);
    },
    async finish(name) {
      await context.run('qemu-img', ['convert', '-O', 'qcow2', raw, path.join(context.out, name)]);
    },
  };
}
