import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HIVE_LOG_SUFFIXES } from '../simulators/disk/regf';
import { setPrimaryDiskGroup } from '../simulators/disk/registry';
import { createSam, createSoftwareHive, createSystemHive, type MountedDevice } from '../simulators/disk/sam';
import type { WindowsProfile } from '../simulators/windows/profiles';

export interface HiveContent {
  readonly profile: WindowsProfile;
  readonly hostName: string;
  /** An account named Administrator here gives the built-in one its password. */
  readonly accounts: readonly { readonly name: string; readonly password: string }[];
  readonly volumes: readonly MountedDevice[];
  /** The dynamic disks that belong to this machine. */
  readonly primaryDiskGroup?: string | undefined;
}

/** SAN policy "offline shared", the default of servers (facts: formats, section 3). */
const OFFLINE_SHARED = 2;

/** Windows 10 1607 and Server 2016: from here on the SAM of an installation keeps hashes with AES. */
const FIRST_WITH_AES = 14_393;

/**
 * From Windows 10 1803 on, the files of RegBack are empty (Microsoft, "The system registry is no longer backed up to the
 * RegBack folder"). Until then a task wrote them.
 */
const FIRST_WITHOUT_BACKUP = 17_134;

/** A size that `BCD.LOG` of Windows Vista and 7 machines has in published listings. */
const LOG_BYTES = 256 * 1024;

/** Writes SYSTEM, SAM and SOFTWARE of a fresh installation into `config`. */
export async function writeHives(config: string, content: HiveContent): Promise<void> {
  const { profile, hostName } = content;
  const bootKey = randomBytes(16);
  const accounts = content.accounts.map(({ name, password }) => ({ name, password, administrator: true }));
  const system = createSystemHive({
    computerName: hostName,
    bootKey,
    mountedDevices: content.volumes,
    sanPolicy: OFFLINE_SHARED,
    classicFirewall: profile.era === 'windows-5.2',
  });
  if (content.primaryDiskGroup !== undefined) setPrimaryDiskGroup(system, content.primaryDiskGroup);
  const cipher = profile.build >= FIRST_WITH_AES ? 'aes' : 'rc4';
  const hives = {
    SYSTEM: system,
    SAM: createSam({ bootKey, random: (length) => randomBytes(length), accounts, cipher }),
    SOFTWARE: createSoftwareHive({
      productName: profile.productName,
      currentVersion: profile.currentVersion,
      currentBuild: String(profile.build),
      editionId: profile.editionId ?? null,
      installationType: profile.installationType ?? null,
      csdVersion: profile.servicePack,
      releaseId: profile.releaseId,
      systemRoot: `C:${profile.systemRoot}`,
    }),
  };
  for (const [name, hive] of Object.entries(hives)) {
    await writeHiveFile(path.join(config, name), hive.serialize(), '.LOG1');
  }
}

/**
 * The copies that Windows keeps of its hives for a repair: `System32\\config\\RegBack`, or `repair` in Windows Server 2003
 * (general knowledge).
 * @param windows the folder that is to be the system root, with its hives
 */
export async function writeHiveBackups(windows: string, profile: WindowsProfile): Promise<void> {
  const config = path.join(windows, 'System32/config');
  const isClassic = profile.era === 'windows-5.2';
  const folder = isClassic ? path.join(windows, 'repair') : path.join(config, 'RegBack');
  const hives = (await readdir(config)).filter((name) => path.extname(name) === '');
  await mkdir(folder);
  for (const name of hives) {
    const file = path.join(folder, isClassic ? name.toLowerCase() : name);
    if (profile.build < FIRST_WITHOUT_BACKUP) await copyFile(path.join(config, name), file);
    else await writeFile(file, '');
  }
}

/**
 * A hive file with the logs that an installed Windows has beside it, so that a change makes no new file: one with room in
 * it, the others empty.
 */
export async function writeHiveFile(
  file: string,
  bytes: Uint8Array,
  log: (typeof HIVE_LOG_SUFFIXES)[number],
): Promise<void> {
  await writeFile(file, bytes);
  for (const suffix of HIVE_LOG_SUFFIXES)
    await writeFile(`${file}${suffix}`, new Uint8Array(suffix === log ? LOG_BYTES : 0));
}
