import { createInstalledStore, type PartitionDevice } from '../../../simulators/disk/bcd';
import { createGpt, gptPatches, PARTITION_TYPES, protectiveMbrPatch } from '../../../simulators/disk/gpt';
import {
  assembleGroups,
  createDiskGroup,
  type DiskGroupRequest,
  openVolume,
  readMember,
} from '../../../simulators/disk/ldm';
import { buildMbr, type MbrPartition } from '../../../simulators/disk/mbr';
import {
  createSam,
  createSoftwareHive,
  createSystemHive,
  type MountedDevice,
} from '../../../simulators/disk/sam';
import { countingGuids } from '../../../simulators/disk/testing/ldm-disks';
import { type MemoryDisk, memoryDisk } from '../../../simulators/disk/testing/ldm-samples';
import { makeFat32, makeNtfs, type VolumeFiles } from './make-volume';

const MIB = 1 << 20;
const SECTORS_OF_MIB = MIB / 512;

export const SIGNATURE = 0xddba6bbb;
export const PASSWORD = 'Sommer2012';
/** Where the volumes of an MBR server lie (sectors). */
export const RESERVED = { startSector: SECTORS_OF_MIB, sizeMiB: 8 };
export const WINDOWS = { startSector: 9 * SECTORS_OF_MIB, sizeMiB: 16 };
const BOOT_KEY = Uint8Array.from({ length: 16 }, (_, index) => index * 7 + 3);

/** Hives of a Windows Server 2008 R2 called KUNDE-01. */
function windowsFiles(own: MountedDevice): VolumeFiles {
  const config = 'Windows/System32/config';
  const hives = {
    SYSTEM: createSystemHive({
      computerName: 'KUNDE-01',
      bootKey: BOOT_KEY,
      mountedDevices: [own],
    }),
    SAM: createSam({
      bootKey: BOOT_KEY,
      random: (length) => new Uint8Array(length).fill(0x5a),
      accounts: [{ name: 'Administrator', password: PASSWORD, administrator: true }],
    }),
    SOFTWARE: createSoftwareHive(),
  };
  return {
    'Windows/System32/winload.exe': 'winload',
    'Windows/System32/winload.efi': 'winload',
    'Users/Administrator/hello.txt': 'hello\r\n',
    ...Object.fromEntries(
      Object.entries(hives).map(([name, hive]) => [`${config}/${name}`, hive.serialize()]),
    ),
  };
}

/** An MBR server with System Reserved and Windows, each NTFS. */
export async function mbrServer(folder: string, signature = SIGNATURE): Promise<Uint8Array> {
  const places = [RESERVED, WINDOWS];
  const device = ({ startSector }: { startSector: number }): PartitionDevice => ({
    kind: 'partition',
    style: 'mbr',
    signature,
    offsetBytes: startSector * 512,
  });
  const store = createInstalledStore({
    systemPartition: device(RESERVED),
    windowsPartition: device(WINDOWS),
  });
  const disk = new Uint8Array(26 * MIB);
  const partitions = places.map(
    ({ startSector, sizeMiB }, index): MbrPartition => ({
      number: index + 1,
      active: index === 0,
      type: 7,
      startSector,
      sizeSectors: sizeMiB * SECTORS_OF_MIB,
    }),
  );
  disk.set(buildMbr({ signature, partitions }, disk.length / 512));
  const reserved = { 'Boot/BCD': store.serialize(), bootmgr: 'bootmgr' };
  const volumes = [
    { ...RESERVED, label: 'System Reserved', files: reserved },
    {
      ...WINDOWS,
      label: '',
      files: windowsFiles({
        letter: 'C',
        location: { style: 'mbr', signature, offsetBytes: WINDOWS.startSector * 512 },
      }),
    },
  ];
  for (const volume of volumes) disk.set(await makeNtfs(folder, volume), volume.startSector * 512);
  return disk;
}

export const DISK_GUID = '6a3f1e52-8b77-4c1d-9d0e-2f4b6a8c0e11';
export const ESP = { guid: '0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9', startSector: 2048, sizeMiB: 40 };
const UEFI_WINDOWS = { guid: '1b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9', startSector: 83_968, sizeMiB: 16 };

/** A GPT server with a FAT32 EFI system partition and Windows. */
export async function uefiServer(folder: string): Promise<Uint8Array> {
  const device = ({ guid }: { guid: string }): PartitionDevice => ({
    kind: 'partition',
    style: 'gpt',
    diskGuid: DISK_GUID,
    partitionGuid: guid,
  });
  const store = createInstalledStore({
    systemPartition: device(ESP),
    windowsPartition: device(UEFI_WINDOWS),
    firmware: 'UEFI',
  });
  const disk = memoryDisk(new Uint8Array(59 * MIB));
  const sectors = disk.bytes.length / 512;
  const partition = (number: number, type: string, { guid, startSector, sizeMiB }: typeof ESP) => {
    const sizeSectors = sizeMiB * SECTORS_OF_MIB;
    return { number, type, guid, startSector, sizeSectors, name: '', attributes: 0n };
  };
  const table = {
    ...createGpt({ diskSectors: sectors, newGuid: () => DISK_GUID }),
    partitions: [
      partition(1, PARTITION_TYPES.efiSystem, ESP),
      partition(2, PARTITION_TYPES.basicData, UEFI_WINDOWS),
    ],
  };
  disk.apply([protectiveMbrPatch(disk), ...gptPatches(table, sectors)]);
  const boot = {
    'EFI/Microsoft/Boot/BCD': store.serialize(),
    'EFI/Microsoft/Boot/bootmgfw.efi': 'bootmgfw',
  };
  const system = makeFat32(folder, { ...ESP, label: 'SYSTEM', files: boot });
  disk.bytes.set(system, ESP.startSector * 512);
  const files = windowsFiles({ letter: 'C', location: { style: 'gpt', partitionGuid: UEFI_WINDOWS.guid } });
  const windows = await makeNtfs(folder, { ...UEFI_WINDOWS, label: '', files });
  disk.bytes.set(windows, UEFI_WINDOWS.startSector * 512);
  return disk.bytes;
}

/** The disks of a group with NTFS, made by `files`, on its only volume. */
export async function dynamicDisks(
  folder: string,
  layout: 'mirror' | 'raid5',
  files: VolumeFiles,
): Promise<Uint8Array[]> {
  const count = layout === 'mirror' ? 2 : 3;
  const sizeMiB = 8;
  const request: DiskGroupRequest = {
    groupName: 'KUNDE-01-Dg0',
    disks: Array.from({ length: count }, (_, index) => ({
      sizeSectors: 12 * SECTORS_OF_MIB,
      signature: 0x11111111 * (index + 1),
    })),
    volumes: [
      {
        name: 'Volume1',
        layout,
        sizeSectors: sizeMiB * SECTORS_OF_MIB,
        ...(layout === 'raid5' ? { disks: [0, 1, 2] } : {}),
        mountHint: 'E:',
      },
    ],
    now: new Date('2012-09-11T12:00:00Z'),
    newGuid: countingGuids(),
  };
  const disks = createDiskGroup(request).patches.map((patches): MemoryDisk => {
    const disk = memoryDisk(new Uint8Array(12 * MIB));
    disk.apply(patches);
    return disk;
  });
  const members = disks.map((disk) => ({ disk, member: readMember(disk) }));
  const [group] = assembleGroups(members.map(({ member }) => member!));
  const volume = openVolume(
    group!.volumes[0]!,
    (member) => members.find((one) => one.member === member)?.disk,
  );
  const ntfs = await makeNtfs(folder, { label: 'Data', sizeMiB, startSector: 0, files });
  for (const { member, patches } of volume.writeVolume(0, ntfs))
    members.find((one) => one.member === member)?.disk.apply(patches);
  return disks.map(({ bytes }) => bytes);
}
