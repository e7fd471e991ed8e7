import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
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
    await writeFile(path.join(config, name), hive.serialize());
  }
}
