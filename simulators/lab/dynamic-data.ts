import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  assembleGroups,
  createDiskGroup,
  type GroupVolume,
  type LdmMember,
  openVolume,
  readMember,
  type VolumeReader,
} from '../disk/ldm';
import { type Patch, SECTOR_BYTES, type SectorReader } from '../disk/mbr';
import { type ServerDisk, writeDiskBytes } from '../server';
import { blankDynamicDisk, type DynamicStyle } from './blank-dynamic-disk';
import { type NamedText, newNtfs, readFromNtfs } from './volume-file';

const VOLUME_BYTES = 6 << 20;

/** A volume of 6 MiB with NTFS on some of the disks, counted from 0. */
export interface DynamicVolumeChoice {
  readonly layout: 'mirror' | 'spanned' | 'striped' | 'raid5';
  readonly disks: readonly number[];
  /** The letter that its record asks for, e.g. `G`. */
  readonly letter: string;
}

export interface DynamicDataChoice {
  readonly groupName: string;
  readonly disks: readonly DynamicStyle[];
  readonly volumes: readonly DynamicVolumeChoice[];
}

/** Dynamic data disks of one group, seen and changed from outside while no machine runs from them. */
export class DynamicData {
  private constructor(
    readonly disks: readonly ServerDisk[],
    readonly volumes: readonly DynamicVolumeChoice[],
  ) {}

  /**
   * Makes the disks as files in a folder of the run's own.
   * @param fileOn the file that is in the root of a volume, by its letter
   */
  static async make(
    folder: string,
    choice: DynamicDataChoice,
    fileOn: (letter: string) => NamedText | undefined = () => undefined,
  ): Promise<DynamicData> {
    const { groupName, volumes } = choice;
    const blank = choice.disks.map((style) => blankDynamicDisk(style));
    const group = createDiskGroup({
      groupName,
      disks: blank.map(({ request }) => request),
      volumes: volumes.map(({ layout, disks, letter }, index) => ({
        name: `Volume${index + 1}`,
        layout,
        disks,
        sizeSectors: VOLUME_BYTES / SECTOR_BYTES,
        mountHint: `${letter}:`,
      })),
      now: new Date(),
      newGuid: randomUUID,
    });
    for (const [index, { bytes }] of blank.entries()) applyPatches(bytes, group.patches[index] ?? []);
    const images = blank.map(({ bytes }) => imageOf(bytes));
    for (const { letter } of volumes) {
      const { reader } = openVolumeOf(images, letter);
      const file = fileOn(letter);
      const label = `DATA-${letter}`;
      const ntfs = await newNtfs(folder, { sizeBytes: VOLUME_BYTES, label, ...(file ? { file } : {}) });
      for (const { member, patches } of reader.writeVolume(0, ntfs)) {
        const index = images.findIndex((image) => image.member === member);
        applyPatches(blank[index]!.bytes, patches);
      }
    }
    const disks = blank.map(async ({ bytes }, index): Promise<ServerDisk> => {
      const id = `${groupName.toLowerCase()}-${index}`;
      const file = path.join(folder, `${id}.raw`);
      await writeFile(file, bytes);
      return { id, path: file, format: 'raw', serial: id.slice(0, 20) };
    });
    return new DynamicData(await Promise.all(disks), volumes);
  }

  /**
   * Reads a file in the root of a volume with ntfscat.
   * @param without the number of a disk that is left out: the volume is read from its other copy, or by its parity
   */
  async readFile(letter: string, name: string, without?: number): Promise<string> {
    return readFromNtfs(path.dirname(this.disks[0]!.path), await this.volumeBytes(letter, without), name);
  }

  /** The bytes of a volume, without one of its disks where a number is given. */
  async volumeBytes(letter: string, without?: number): Promise<Uint8Array> {
    const { reader } = openVolumeOf(await this.#images(), letter, without);
    return reader.read(0, reader.sizeBytes);
  }

  /**
   * What a power cut between two writes leaves: the last disk of a volume with redundancy has something else in a place
   * that no file uses.
   */
  async tear(letter: string): Promise<void> {
    const images = await this.#images();
    const { volume } = openVolumeOf(images, letter);
    const extent = volume.components.flatMap(({ extents }) => extents).at(-1);
    const index = images.findIndex(({ member }) => member !== undefined && member === extent?.disk.member);
    const start = extent?.absoluteSector;
    if (index < 0 || !extent || start === undefined) throw new Error(`No disk holds a copy of ${letter}:.`);
    const sector = start + Math.floor(extent.sizeSectors * 0.9);
    await writeDiskBytes(this.disks[index]!, sector * SECTOR_BYTES, randomBytes(4096));
  }

  async #images(): Promise<DiskImage[]> {
    return Promise.all(this.disks.map(async (disk) => imageOf(await readFile(disk.path))));
  }
}

interface DiskImage {
  readonly device: SectorReader;
  readonly member: LdmMember | undefined;
}

function imageOf(bytes: Uint8Array): DiskImage {
  const device: SectorReader = {
    sizeBytes: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
  return { device, member: readMember(device) };
}

/** Opens the volume that asks for a letter, without one of the disks where a number is given. */
function openVolumeOf(
  images: readonly DiskImage[],
  letter: string,
  without?: number,
): { readonly volume: GroupVolume; readonly reader: VolumeReader } {
  const members = images.map(({ member }) => member).filter((member) => member !== undefined);
  const volume = assembleGroups(members)
    .flatMap(({ volumes }): readonly GroupVolume[] => volumes)
    .find(({ mountHint }) => mountHint === `${letter}:`);
  if (!volume) throw new Error(`No volume of the data disks asks for the letter ${letter}:.`);
  const reader = openVolume(
    volume,
    (member) => images.find((one, index) => one.member === member && index !== without)?.device,
  );
  return { volume, reader };
}

function applyPatches(bytes: Uint8Array, patches: readonly Patch[]): void {
  for (const patch of patches) bytes.set(patch.bytes, patch.offsetBytes);
}
