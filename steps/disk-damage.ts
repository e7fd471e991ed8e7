import { parseNtfsBootSector } from '../simulators/disk/ntfs';
import { type NovaLab, typeAtPrompt } from '../simulators/lab';
import { readDiskBytes, writeDiskBytes } from '../simulators/server';
import type { BootFirmware, WindowsProfile } from '../simulators/windows/profiles';

/** What is installed on the server whose disk is damaged. */
export interface Installed {
  readonly profile: WindowsProfile;
  readonly firmware: BootFirmware;
}

/** Damages the disk of an instance that is off. The same each time: boots from it can be forked. */
type MakeDamage = (nova: NovaLab, installed: Installed) => Promise<void>;

export interface Damage {
  readonly make: MakeDamage;
  readonly stopsBoot: (installed: Installed) => boolean;
}

const ANOTHER_SIGNATURE = 'the signature is another one';
const MIRROR_BEHIND = 'the power went between a change of the file table and of its mirror';

/** The partition that the firmware starts, in every profile the first. */
const SYSTEM = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolume1';
const STORES = { BIOS: '\\Boot\\BCD', UEFI: '\\EFI\\Microsoft\\Boot\\BCD' } as const;
const LOADERS = { BIOS: 'winload.exe', UEFI: 'winload.efi' } as const;
/** Any value that no stock image has. */
const OTHER_SIGNATURES = { BIOS: '1BADB002', UEFI: '{1BADB002-0000-4000-8000-000000000001}' } as const;
/** Field of a file record: the number of the next attribute. */
const NEXT_ATTRIBUTE = 0x28;
/** Up to the disk signature (facts: formats 3). */
const BOOT_CODE_BYTES = 440;
/** System partitions begin at 1 MiB; NTFS keeps its parameters in the first 0x54 bytes, the code ends before 55 AA. */
const FIRST_VOLUME = 1024 * 1024;
const VOLUME_CODE = { offset: FIRST_VOLUME + 0x54, length: 510 - 0x54 };

const prompt =
  (lines: (installed: Installed) => readonly string[]): MakeDamage =>
  async (nova, installed) => {
    await typeAtPrompt([nova.originalDisk], lines(installed));
  };
const diskpart = (...lines: readonly string[]) => ['diskpart', 'select disk 0', ...lines, 'exit'];
const zeros =
  (offset: number, length: number): MakeDamage =>
  (nova) =>
    writeDiskBytes(nova.originalDisk, offset, Buffer.alloc(length));

/** A record of the mirror as it was: with another number for the next attribute, in the middle of its header. */
const olderMirror: MakeDamage = async (nova) => {
  const boot = parseNtfsBootSector(await readDiskBytes(nova.originalDisk, FIRST_VOLUME, 512));
  const offset = FIRST_VOLUME + boot.mirrorOffset + NEXT_ATTRIBUTE;
  await writeDiskBytes(nova.originalDisk, offset, Buffer.from([0x01, 0x00]));
};

/** By the words that follow `on its disk` in a step. */
export const damages: Readonly<Record<string, MakeDamage>> = {
  [ANOTHER_SIGNATURE]: prompt(({ firmware }) => diskpart(`uniqueid disk id=${OTHER_SIGNATURES[firmware]}`)),
  'the boot code is overwritten': zeros(0, BOOT_CODE_BYTES),
  'no partition is active': prompt(() => diskpart('select partition 1', 'inactive')),
  'the wrong partition is active': prompt(() => diskpart('select partition 2', 'active')),
  // The flag of the second entry in sector 0: no tool of Windows sets two.
  'two partitions are active': (nova) => writeDiskBytes(nova.originalDisk, 0x1ce, Buffer.from([0x80])),
  'the boot sector has no signature': zeros(FIRST_VOLUME + 510, 2),
  'the boot sector is overwritten': zeros(VOLUME_CODE.offset, VOLUME_CODE.length),
  'the boot manager is deleted': prompt(() => [`del ${SYSTEM}\\bootmgr`]),
  'the boot configuration is deleted': prompt(({ firmware }) => [`del ${SYSTEM}${STORES[firmware]}*`]),
  'the boot configuration is damaged': prompt(({ firmware }) => [
    `echo damaged>${SYSTEM}${STORES[firmware]}`,
  ]),
  'the boot configuration has no entry': prompt(() => ['bcdedit /delete {default} /cleanup']),
  "the entry's osdevice is the system partition": prompt(() => [
    'bcdedit /set {default} osdevice partition=\\Device\\HarddiskVolume1',
  ]),
  "the entry's path is wrong": prompt(() => ['bcdedit /set {default} path \\Windows\\system32\\winboot.exe']),
  'the loader is deleted': prompt(({ firmware }) => [`del C:\\Windows\\System32\\${LOADERS[firmware]}`]),
  'the kernel is deleted': prompt(() => ['del C:\\Windows\\System32\\ntoskrnl.exe']),
  'the HAL is deleted': prompt(({ profile }) => [`del C:${profile.systemRoot}\\System32\\hal.dll`]),
  'the SYSTEM hive is damaged': prompt(() => ['echo damaged>C:\\Windows\\System32\\config\\SYSTEM']),
  'the SOFTWARE hive is damaged': prompt(() => ['echo damaged>C:\\Windows\\System32\\config\\SOFTWARE']),
  [MIRROR_BEHIND]: olderMirror,
  'NTLDR is deleted': prompt(() => ['del C:\\ntldr']),
  'NTDETECT is deleted': prompt(() => ['del C:\\NTDETECT.COM']),
};

/** NTLDR does not look at the signature, and Windows goes on with the file table: all other damages stop a boot. */
export function damageNamed(name: string): Damage {
  return {
    make: damages[name] as MakeDamage,
    stopsBoot: ({ profile }) =>
      name !== MIRROR_BEHIND && (profile.era !== 'windows-5.2' || name !== ANOTHER_SIGNATURE),
  };
}
