import { mkdir, open, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createGpt, gptPatches, PARTITION_TYPES, protectiveMbrPatch } from '../simulators/disk/gpt';
import { buildMbr, type Patch, SECTOR_BYTES } from '../simulators/disk/mbr';
import { BOOT_FILE_BYTES, bootCodePatches } from '../simulators/disk/ntfs';
import type { DiskLayout, Place } from './disk-layout';
import { makeFatVolume } from './fat';
import { makeNtfsVolume } from './ntfs';
import type { BuildContext } from './recipe';

const MIB = 1024 * 1024;
const SECTORS_PER_MIB = MIB / SECTOR_BYTES;

/** What a new volume is. */
interface NewVolume {
  readonly fileSystem: 'NTFS' | 'FAT32';
  readonly label: string;
  /** A boot sector with the code that the volume gets. */
  readonly bootSector?: Uint8Array;
  readonly fill: (folder: string) => Promise<void>;
}

/** A disk that is being made. */
interface NewDisk {
  write(offsetBytes: number, bytes: Uint8Array): Promise<void>;
  addVolume(place: Place, volume: NewVolume): Promise<void>;
  finish(name: string): Promise<void>;
}

const GPT_USES: Readonly<Record<Place['use'], { readonly type: string; readonly name: string }>> = {
  system: { type: PARTITION_TYPES.efiSystem, name: 'EFI system partition' },
  reserved: { type: PARTITION_TYPES.microsoftReserved, name: 'Microsoft reserved partition' },
  windows: { type: PARTITION_TYPES.basicData, name: 'Basic data partition' },
};

/**
 * Starts a disk with its partition table. On an MBR disk all partitions are of type 07, and the first is active.
 * @param bootCode up to 440 bytes before the disk signature
 */
export async function startDisk(
  context: BuildContext,
  layout: DiskLayout,
  bootCode: Uint8Array,
): Promise<NewDisk> {
  const raw = path.join(context.temp, 'disk.raw');
  const last = layout.places.at(-1)!;
  const sizeBytes = (last.startMiB + last.sizeMiB + 1) * MIB;
  await writeFile(raw, '');
  await truncate(raw, sizeBytes);
  const write = (offsetBytes: number, bytes: Uint8Array): Promise<void> => writeInto(raw, offsetBytes, bytes);
  for (const { offsetBytes, bytes } of tablePatches(layout, sizeBytes, bootCode))
    await write(offsetBytes, bytes);
  return {
    write,
    async addVolume(place, volume) {
      const content = path.join(context.temp, 'content');
      const file = path.join(context.temp, 'volume');
      await mkdir(content);
      await volume.fill(content);
      const make = volume.fileSystem === 'NTFS' ? makeNtfsVolume : makeFatVolume;
      await make(context, {
        file,
        sizeBytes: place.sizeMiB * MIB,
        startSector: place.startMiB * SECTORS_PER_MIB,
        label: volume.label,
        content,
      });
      if (volume.bootSector) await writeBootSector(file, place.sizeMiB * MIB, volume.bootSector);
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

function tablePatches({ identity, places }: DiskLayout, sizeBytes: number, bootCode: Uint8Array): Patch[] {
  const sectors = (place: Place) => ({
    startSector: place.startMiB * SECTORS_PER_MIB,
    sizeSectors: place.sizeMiB * SECTORS_PER_MIB,
  });
  if (identity.style === 'mbr') {
    const { signature } = identity;
    const partitions = places.map((place, index) => ({
      number: index + 1,
      active: index === 0,
      type: 0x07,
      ...sectors(place),
    }));
    return [{ offsetBytes: 0, bytes: buildMbr({ bootCode, signature, partitions }) }];
  }
  const diskSectors = sizeBytes / SECTOR_BYTES;
  const table = createGpt({ diskSectors, newGuid: () => identity.guid });
  const partitions = places.map((place, index) => ({
    number: index + 1,
    guid: place.guid!,
    attributes: 0n,
    ...GPT_USES[place.use],
    ...sectors(place),
  }));
  const empty = { sizeBytes, read: (_at: number, length: number) => new Uint8Array(length) };
  return [protectiveMbrPatch(empty), ...gptPatches({ ...table, partitions }, diskSectors)];
}

/** Gives a volume its boot code, in the boot sector and in the copy behind the volume's last sector. */
async function writeBootSector(file: string, sizeBytes: number, code: Uint8Array): Promise<void> {
  const boot = await readFrom(file, BOOT_FILE_BYTES);
  const [patch] = bootCodePatches(
    { sizeBytes: boot.length, read: (at, length) => boot.subarray(at, at + length) },
    code,
  );
  await writeInto(file, 0, patch!.bytes);
  await writeInto(file, sizeBytes - SECTOR_BYTES, patch!.bytes.subarray(0, SECTOR_BYTES));
}

async function readFrom(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    return (await file.read(Buffer.alloc(length), 0, length, 0)).buffer;
  } finally {
    await file.close();
  }
}

async function writeInto(path: string, offsetBytes: number, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(bytes, 0, bytes.length, offsetBytes);
  } finally {
    await file.close();
  }
}
