import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInstalledStore, type PartitionDevice } from '../../simulators/disk/bcd';
import { type WindowsProfile, windowsProfiles } from '../../simulators/windows/profiles';
import { bundleForQuickJs } from '../bundle';
import { makeBootCode } from '../grub';
import { writeHiveFile, writeHives } from '../hives';
import { type Place, startDisk } from '../new-disk';
import type { BuildContext, Recipe } from '../recipe';
import { bootInitrd } from './boot-initrd';
import { kernel } from './kernel';
import { customerDiskGroup } from './mirrored-data';
import { standinLayer } from './standin-layer';
import { userlandBase } from './userland-base';

const MIB = 1024 * 1024;

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

/** A profile's server as its installer left it: boot partition, Windows partition, hives, and the stand-in's userland. */
export function installedDisk(options: WindowsDiskOptions): Recipe {
  return {
    name: `${options.profile.id}-disk`,
    summary: `an installed ${options.profile.productName} stand-in`,
    needs: [kernel, bootInitrd, userlandBase, standinLayer],
    sources: [
      'images/recipes/windows-disk.ts',
      'images/grub.ts',
      'images/linux.ts',
      'images/new-disk.ts',
      'images/ntfs.ts',
      'images/hives.ts',
      'images/bundle.ts',
      'simulators/windows/profiles.ts',
      'simulators/windows/boot-loader',
      'simulators/windows/boot-manager',
      'simulators/disk',
    ],
    parameters: options,
    async build(context) {
      const bootMiB = options.profile.systemReservedMiB;
      if (bootMiB === undefined) {
        throw new Error(
          `The profile ${options.profile.id} has no System Reserved partition; an installed disk needs one.`,
        );
      }
      const boot = { startMiB: 1, sizeMiB: bootMiB };
      const windows = { startMiB: 1 + bootMiB, sizeMiB: options.windowsMiB };
      const bootCode = await makeBootCode(context, options.profile.era);
      const disk = await startDisk(context, options.signature, [boot, windows], bootCode.bootCode);
      await disk.write(512, bootCode.core);
      const partition = (place: Place): PartitionDevice => ({
        kind: 'partition',
        style: 'mbr',
        signature: options.signature,
        offsetBytes: place.startMiB * MIB,
      });
      context.progress('filling the System Reserved partition');
      await disk.addVolume('System Reserved', boot, (folder) =>
        fillBootPartition(context, folder, partition(boot), partition(windows), options),
      );
      context.progress('filling the Windows partition');
      await disk.addVolume('Windows', windows, (folder) =>
        fillWindows(context, folder, options, windows, bootCode.bootCode),
      );
      await disk.finish('disk.qcow2');
    },
  };
}

/** The rescue system's own disk: one volume, C:, without boot files or userland, since its host starts it directly. */
export function rescueDisk(options: WindowsDiskOptions): Recipe {
  return {
    name: `${options.profile.id}-disk`,
    summary: "the Windows rescue stand-in's own disk (C:)",
    needs: [],
    sources: [
      'images/recipes/windows-disk.ts',
      'images/new-disk.ts',
      'images/ntfs.ts',
      'images/hives.ts',
      'simulators/windows/profiles.ts',
      'simulators/disk',
    ],
    parameters: options,
    async build(context) {
      const windows = { startMiB: 1, sizeMiB: options.windowsMiB };
      const disk = await startDisk(context, options.signature, [windows], new Uint8Array(0));
      await disk.addVolume('', windows, (folder) =>
        fillWindows(context, folder, options, windows, undefined),
      );
      await disk.finish('disk.qcow2');
    },
  };
}

async function fillBootPartition(
  context: BuildContext,
  folder: string,
  systemPartition: PartitionDevice,
  windowsPartition: PartitionDevice,
  options: WindowsDiskOptions,
): Promise<void> {
  await mkdir(path.join(folder, 'Boot'));
  await cp(path.join(context.image(bootInitrd), 'initrd'), path.join(folder, 'bootmgr'));
  await cp(path.join(context.image(kernel), 'linux'), path.join(folder, 'Boot/linux'));
  const store = createInstalledStore({
    systemPartition,
    windowsPartition,
    description: options.profile.productName.replace(/ (Standard|Datacenter)$/, ''),
  });
  await writeHiveFile(path.join(folder, 'Boot/BCD'), store.serialize(), '.LOG');
}

/** @param bootCode of an installed system's disk, which gets userland and boot files too. */
async function fillWindows(
  context: BuildContext,
  folder: string,
  options: WindowsDiskOptions,
  windows: Place,
  bootCode: Uint8Array | undefined,
): Promise<void> {
  const system32 = path.join(folder, 'Windows/System32');
  for (const directory of [
    'Program Files',
    'Users/Administrator/Desktop',
    'Users/Administrator/Documents',
    'Users/Public',
    'Windows/Temp',
    'Windows/System32/config',
    'Windows/System32/drivers/etc',
  ]) {
    await mkdir(path.join(folder, directory), { recursive: true });
  }
  await writeHives(path.join(system32, 'config'), {
    ...options,
    volumes: [
      {
        letter: 'C',
        location: { style: 'mbr', signature: options.signature, offsetBytes: windows.startMiB * MIB },
      },
    ],
  });
  if (bootCode !== undefined) {
    await keepBootFiles(context, path.join(folder, 'Windows/Boot'), bootCode);
    await bundleForQuickJs('simulators/windows/boot-loader/winload.ts', path.join(system32, 'winload.exe'));
    await cp(path.join(context.image(userlandBase), 'base.squashfs'), path.join(system32, 'ntoskrnl.exe'));
    await cp(path.join(context.image(standinLayer), 'standin.squashfs'), path.join(system32, 'hal.dll'));
  }
}

/** What `bcdboot` copies to a system partition, and what `bootrec /fixmbr` writes, as Windows keeps the former. */
async function keepBootFiles(context: BuildContext, folder: string, bootCode: Uint8Array): Promise<void> {
  await mkdir(path.join(folder, 'PCAT'), { recursive: true });
  await mkdir(path.join(folder, 'Standin'));
  await cp(path.join(context.image(bootInitrd), 'initrd'), path.join(folder, 'PCAT/bootmgr'));
  await cp(path.join(context.image(kernel), 'linux'), path.join(folder, 'PCAT/linux'));
  await writeFile(path.join(folder, 'Standin/mbr.bin'), bootCode);
}

/** The account of the installed system's owner. Only ever valid inside a loopback lab. */
export const installedAdministrator = { name: 'Administrator', password: 'Customer-2008R2' } as const;

export const windowsServer2008R2Disk = installedDisk({
  profile: windowsProfiles['windows-server-2008-r2'],
  hostName: 'CUSTOMER',
  signature: 0x42d9decd,
  windowsMiB: 640,
  primaryDiskGroup: customerDiskGroup,
  accounts: [installedAdministrator],
});

export const windowsRescueDisk = rescueDisk({
  profile: windowsProfiles['windows-rescue'],
  hostName: 'WINRESCUEOVH',
  signature: 0x5e5c0e01,
  windowsMiB: 63,
  accounts: [],
});
