import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type BootFirmware,
  type InstalledProfileId,
  type WindowsProfile,
  windowsProfiles,
} from '../../simulators/windows/profiles';
import { type BootFiles, fillSystemPartition, keepBootFiles } from '../boot-files';
import { CORE_SECTOR } from '../boot-sectors';
import { bundleForQuickJs } from '../bundle';
import { type DiskLayout, diskLayout, mountedLocation, systemPlace, windowsPlace } from '../disk-layout';
import { writeHiveBackups, writeHives } from '../hives';
import { startDisk } from '../new-disk';
import type { BuildContext, Recipe } from '../recipe';
import { bootCode, bootCodeFiles } from './boot-code';
import { bootInitrd } from './boot-initrd';
import { kernel } from './kernel';
import { customerDiskGroup } from './mirrored-data';
import { standinLayer } from './standin-layer';
import { userlandBase } from './userland-base';

/** What a Windows disk image holds. */
export interface WindowsDiskOptions {
  readonly profile: WindowsProfile;
  readonly hostName: string;
  /** MBR disk signature; every clone of an image has the same one, as with a provider's stock image. */
  readonly signature: number;
  readonly windowsMiB: number;
  /** Name of the disk group that this Windows has made; its disks are no foreign ones there. */
  readonly primaryDiskGroup?: string;
  /** Accounts of a fresh stock image with their passwords; one named Administrator gives the built-in one its own. */
  readonly accounts: readonly { readonly name: string; readonly password: string }[];
}

const diskSources = [
  'images/recipes/windows-disk.ts',
  'images/disk-layout.ts',
  'images/new-disk.ts',
  'images/ntfs.ts',
  'images/fat.ts',
  'images/hives.ts',
  'simulators/windows/profiles.ts',
  'simulators/disk',
];

/** A profile's server as its installer left it: boot files, Windows partition, hives, and the stand-in's userland. */
export function installedDisk(options: WindowsDiskOptions & { readonly firmware: BootFirmware }): Recipe {
  const { profile, firmware, signature, windowsMiB } = options;
  return {
    name: `${profile.id}${firmware === 'UEFI' ? '-uefi' : ''}-disk`,
    summary: `an installed ${profile.productName} stand-in${firmware === 'UEFI' ? ' for UEFI' : ''}`,
    needs: [kernel, bootCode, bootInitrd, userlandBase, standinLayer],
    sources: [
      ...diskSources,
      'images/boot-files.ts',
      'images/boot-sectors.ts',
      'images/bundle.ts',
      'images/cpio.ts',
      'images/grub.ts',
      'images/linux.ts',
      'simulators/windows/boot-loader',
      'simulators/windows/boot-manager',
      'simulators/windows/disk-tables',
    ],
    parameters: options,
    async build(context) {
      const layout = diskLayout(profile, firmware, signature, windowsMiB);
      const code = bootCodeFiles(context);
      const disk = await startDisk(context, layout, await readFile(code.disk));
      if (firmware === 'BIOS') await disk.write(CORE_SECTOR * 512, await readFile(code.core));
      const files: BootFiles = { profile, firmware, layout };
      const bootSector = await readFile(code.volume(profile.era === 'windows-5.2' ? 'NTLDR' : 'BOOTMGR'));
      const system = systemPlace(layout);
      const windows = windowsPlace(layout);
      if (system !== windows) {
        context.progress('filling the system partition');
        await disk.addVolume(system, {
          ...(firmware === 'UEFI'
            ? { fileSystem: 'FAT32', label: 'SYSTEM' }
            : { fileSystem: 'NTFS', label: 'System Reserved', bootSector }),
          fill: (folder) => fillSystemPartition(context, folder, files),
        });
      }
      context.progress('filling the Windows partition');
      await disk.addVolume(windows, {
        fileSystem: 'NTFS',
        label: system === windows ? '' : 'Windows',
        bootSector,
        fill: async (folder) => {
          if (system === windows) await fillSystemPartition(context, folder, files);
          await fillWindows(folder, options, layout);
          await installUserland(context, path.join(folder, profile.systemRoot.slice(1)), profile);
        },
      });
      await disk.finish('disk.qcow2');
    },
  };
}

/** The rescue system's own disk: one volume, C:, without boot files or userland, since its host starts it directly. */
export function rescueDisk(options: WindowsDiskOptions): Recipe {
  return {
    name: `${options.profile.id}-disk`,
    summary: "the Windows rescue stand-in's own disk (C:)",
    needs: [bootCode],
    sources: diskSources,
    parameters: options,
    async build(context) {
      const layout = diskLayout(options.profile, 'BIOS', options.signature, options.windowsMiB);
      const code = bootCodeFiles(context);
      const disk = await startDisk(context, layout, await readFile(code.disk));
      await disk.addVolume(windowsPlace(layout), {
        fileSystem: 'NTFS',
        label: '',
        // Every disk and volume of Windows carries such code; `bootsect` and `bootrec` take it from here.
        bootSector: await readFile(code.volume('BOOTMGR')),
        fill: (folder) => fillWindows(folder, options, layout),
      });
      await disk.finish('disk.qcow2');
    },
  };
}

const modernFolders = [
  'Program Files',
  'Users/Administrator/Desktop',
  'Users/Administrator/Documents',
  'Users/Public',
];
const classicFolders = [
  'Program Files',
  'Documents and Settings/Administrator/Desktop',
  'Documents and Settings/Administrator/My Documents',
  'Documents and Settings/All Users',
];

async function fillWindows(folder: string, options: WindowsDiskOptions, layout: DiskLayout): Promise<void> {
  const { systemRoot, era } = options.profile;
  const windows = path.join(folder, systemRoot.slice(1));
  for (const directory of era === 'windows-5.2' ? classicFolders : modernFolders) {
    await mkdir(path.join(folder, directory), { recursive: true });
  }
  for (const directory of ['Temp', 'System32/config', 'System32/drivers/etc']) {
    await mkdir(path.join(windows, directory), { recursive: true });
  }
  await writeHives(path.join(windows, 'System32/config'), {
    ...options,
    volumes: [{ letter: 'C', location: mountedLocation(layout, windowsPlace(layout)) }],
  });
  await writeHiveBackups(windows, options.profile);
}

/** The files that start as Windows, and the boot files that it keeps. NTLDR needs no winload. */
async function installUserland(
  context: BuildContext,
  windows: string,
  profile: WindowsProfile,
): Promise<void> {
  const system32 = path.join(windows, 'System32');
  await keepBootFiles(context, path.join(windows, 'Boot'), { profile });
  if (profile.era !== 'windows-5.2') {
    for (const suffix of ['exe', ...(profile.firmwares.includes('UEFI') ? ['efi'] : [])]) {
      const loader = path.join(system32, `winload.${suffix}`);
      await bundleForQuickJs('simulators/windows/boot-loader/winload.ts', loader);
    }
  }
  await cp(path.join(context.image(userlandBase), 'base.squashfs'), path.join(system32, 'ntoskrnl.exe'));
  await cp(path.join(context.image(standinLayer), 'standin.squashfs'), path.join(system32, 'hal.dll'));
}

/** The account of the installed systems' owner. Only ever valid inside a loopback lab. */
export const installedAdministrator = { name: 'Administrator', password: 'Customer-2008R2' } as const;

/** MBR signatures of the stock images; the GUIDs of a GPT follow from them. */
const signatures: Readonly<Record<InstalledProfileId, number>> = {
  'windows-server-2003': 0x2003a1c7,
  'windows-server-2008': 0x2008b2d9,
  'windows-server-2008-r2': 0x42d9decd,
  'windows-server-2012-r2': 0x2012c3e1,
  'windows-server-2016': 0x2016d4f3,
  'windows-server-2019': 0x2019e5a5,
  'windows-server-2022': 0x2022f6b7,
};

/** The disk of a server with this Windows, as a customer has it. Throws a RangeError for a firmware it is not installed for. */
export function serverDisk(id: InstalledProfileId, firmware: BootFirmware = 'BIOS'): Recipe {
  const profile: WindowsProfile = windowsProfiles[id];
  if (!profile.firmwares.includes(firmware)) {
    throw new RangeError(`${profile.productName} is not installed for ${firmware} here.`);
  }
  return installedDisk({
    profile,
    firmware,
    hostName: 'CUSTOMER',
    signature: signatures[id],
    windowsMiB: 640,
    primaryDiskGroup: customerDiskGroup,
    accounts: [installedAdministrator],
  });
}

export const windowsServer2008R2Disk = serverDisk('windows-server-2008-r2');

export const windowsRescueDisk = rescueDisk({
  profile: windowsProfiles['windows-rescue'],
  hostName: 'WINRESCUEOVH',
  signature: 0x5e5c0e01,
  windowsMiB: 63,
  accounts: [],
});
