import { appendFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInstalledStore } from '../simulators/disk/bcd';
import type { BootFirmware, WindowsProfile } from '../simulators/windows/profiles';
import { packCpio } from './cpio';
import { type DiskLayout, partitionDevice, systemPlace, windowsPlace } from './disk-layout';
import { makeUefiProgram } from './grub';
import { writeHiveFile } from './hives';
import type { BuildContext } from './recipe';
import { bootCodeFiles } from './recipes/boot-code';
import { bootInitrd } from './recipes/boot-initrd';
import { kernel } from './recipes/kernel';

/** What is installed on a disk. */
export interface BootFiles {
  readonly profile: WindowsProfile;
  readonly firmware: BootFirmware;
  readonly layout: DiskLayout;
}

/** Puts the boot manager of the version, with its store or boot.ini, into the partition that the firmware starts. */
export async function fillSystemPartition(
  context: BuildContext,
  folder: string,
  files: BootFiles,
): Promise<void> {
  if (files.profile.era === 'windows-5.2') return fillForNtldr(context, folder, files.profile);
  const { profile, firmware, layout } = files;
  const boot = path.join(folder, firmware === 'UEFI' ? 'EFI/Microsoft/Boot' : 'Boot');
  await mkdir(boot, { recursive: true });
  if (firmware === 'UEFI') {
    const program = path.join(boot, 'bootmgfw.efi');
    await writeUefiManager(context, program, profile);
    await mkdir(path.join(folder, 'EFI/Boot'));
    await cp(program, path.join(folder, 'EFI/Boot/bootx64.efi'));
  } else {
    await cp(path.join(context.image(kernel), 'linux'), path.join(boot, 'linux'));
    await writeManager(context, path.join(folder, 'bootmgr'), profile);
  }
  const store = createInstalledStore({
    systemPartition: partitionDevice(layout, systemPlace(layout)),
    windowsPartition: partitionDevice(layout, windowsPlace(layout)),
    description: profile.bootDescription,
    legacyLoader: profile.currentVersion === '6.0',
    firmware,
  });
  await writeHiveFile(path.join(boot, 'BCD'), store.serialize(), '.LOG');
}

/** What `bcdboot` copies to a system partition, as Windows keeps it, and what `bootrec /fixmbr` writes. */
export async function keepBootFiles(
  context: BuildContext,
  folder: string,
  { profile }: Pick<BootFiles, 'profile'>,
): Promise<void> {
  const code = bootCodeFiles(context);
  await mkdir(path.join(folder, 'Standin'), { recursive: true });
  await cp(code.disk, path.join(folder, 'Standin/mbr.bin'));
  if (profile.era === 'windows-5.2') return;
  const pcat = path.join(folder, 'PCAT');
  await mkdir(pcat);
  await writeManager(context, path.join(pcat, 'bootmgr'), profile);
  await cp(path.join(context.image(kernel), 'linux'), path.join(pcat, 'linux'));
  if (!profile.firmwares.includes('UEFI')) return;
  await mkdir(path.join(folder, 'EFI'));
  await writeUefiManager(context, path.join(folder, 'EFI/bootmgfw.efi'), profile);
}

/** Server 2003: `\ntldr`, `\NTDETECT.COM` (the kernel of Linux here) and `\boot.ini`. */
async function fillForNtldr(context: BuildContext, folder: string, profile: WindowsProfile): Promise<void> {
  await writeManager(context, path.join(folder, 'ntldr'), profile);
  await cp(path.join(context.image(kernel), 'linux'), path.join(folder, 'NTDETECT.COM'));
  const system = `multi(0)disk(0)rdisk(0)partition(1)${profile.systemRoot}`;
  const lines = [
    '[boot loader]',
    'timeout=30',
    `default=${system}`,
    '[operating systems]',
    `${system}="${profile.bootDescription}" /noexecute=optout /fastdetect`,
  ];
  await writeFile(path.join(folder, 'boot.ini'), lines.map((line) => `${line}\r\n`).join(''));
}

/** The boot manager, with the era whose look it has: in an archive of its own behind the initial RAM disk. */
async function writeManager(context: BuildContext, file: string, { era }: WindowsProfile): Promise<void> {
  const directory = path.join(context.temp, 'era');
  const archive = path.join(context.temp, 'era.cpio');
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'era'), era);
  await packCpio(context, directory, archive);
  await cp(path.join(context.image(bootInitrd), 'initrd'), file);
  await appendFile(file, await readFile(archive));
}

async function writeUefiManager(context: BuildContext, file: string, profile: WindowsProfile): Promise<void> {
  const bootmgr = path.join(context.temp, 'bootmgr');
  await writeManager(context, bootmgr, profile);
  await makeUefiProgram(context, { linux: path.join(context.image(kernel), 'linux'), bootmgr }, file);
}
