import { createHive, type Hive } from '../../../disk/regf';
import type { ProgramContext } from '../../shell';
import { now, systemHiveFile } from '../system-hives';
import type { RootKey } from './key-path';
import { loadedHives } from './loaded-hives';

/** What the registry needs of a program's context. */
export type RegistryContext = Pick<ProgramContext, 'host' | 'files' | 'user'>;

/** A hive in its place in the registry. */
export interface Mount {
  readonly root: RootKey;
  /** Name below the root; undefined where the hive is the root itself (HKEY_CURRENT_USER). */
  readonly name: string | undefined;
  readonly file: string;
  /** `CurrentControlSet` is shown beside the control sets. */
  readonly system: boolean;
  /** Makes the hive where there is no such file yet. */
  readonly create?: () => Hive;
}

/** All hives of the registry: the system's as far as their files are there, the user's own, and loaded ones. */
export async function registryMounts({ host, files, user }: RegistryContext): Promise<readonly Mount[]> {
  const machine: Mount[] = (['SAM', 'SECURITY', 'SOFTWARE', 'SYSTEM'] as const).map((name) => ({
    root: 'HKEY_LOCAL_MACHINE',
    name,
    file: systemHiveFile(host, name),
    system: name === 'SYSTEM',
  }));
  const users: Mount[] = ['.DEFAULT', 'S-1-5-18'].map((name) => ({
    root: 'HKEY_USERS',
    name,
    file: systemHiveFile(host, 'DEFAULT'),
    system: false,
  }));
  const there = await Promise.all(
    [...machine, ...users].map(async (mount) =>
      (await files.stat(mount.file)) === undefined ? [] : [mount],
    ),
  );
  const own: Mount = {
    root: 'HKEY_CURRENT_USER',
    name: undefined,
    file: `${host.systemDrive}:\\Users\\${user}\\NTUSER.DAT`,
    system: false,
    create: () => createHive('ROOT', { fileName: '\\??\\NTUSER.DAT', clock: now }),
  };
  return [...there.flat(), own, ...loadedHives(host).map((hive) => ({ ...hive, system: false }))];
}
