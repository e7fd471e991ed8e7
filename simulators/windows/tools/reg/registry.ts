import type { Hive, HiveKey, HiveValue } from '../../../disk/regf';
import { currentControlSet } from '../../../disk/registry';
import { changeHiveFile, readHiveFile } from '../system-hives';
import { systemFailure } from './failure';
import { formatKeyPath, type KeyPath, type RootKey } from './key-path';
import { type Mount, type RegistryContext, registryMounts } from './mounts';

/** A key for reading. */
export interface RegistryKey {
  /** With the root's long name. */
  readonly path: string;
  readonly values: readonly HiveValue[];
  /** The key of the hive; undefined for the roots, which are in none. */
  readonly key: HiveKey | undefined;
  subkeys(): Promise<readonly RegistryKey[]>;
}

/** A change of one key: `change` gets its hive's root and its path below it. */
export interface KeyEdit {
  readonly path: KeyPath;
  readonly change: (root: HiveKey, below: string) => void;
}

const CURRENT = 'CurrentControlSet';

/**
 * The registry of the running system as `reg` sees it. HKEY_CURRENT_USER is NTUSER.DAT in the user's profile, made at
 * the first write; HKEY_CLASSES_ROOT shows the machine's classes only, and HKEY_USERS the default profile and loaded
 * hives (our choices). Whoever asks may read and change every key, also those that Windows keeps for itself (SAM, SECURITY).
 * HKLM\HARDWARE and other keys that live in memory only are not there.
 */
export class Registry {
  constructor(private readonly context: RegistryContext) {}

  /** Undefined where there is no such key. */
  async open(path: KeyPath): Promise<RegistryKey | undefined> {
    const { root, names } = path;
    const target = redirect(path);
    if (target !== path) return this.openIn(target, formatKeyPath(path));
    if (names.length === 0 && root !== 'HKEY_CURRENT_USER') return this.rootKey(root);
    return this.openIn(path, formatKeyPath(path));
  }

  /** Changes one key; see changeAll. */
  change(path: KeyPath, change: KeyEdit['change']): Promise<void> {
    return this.changeAll([{ path, change }]);
  }

  /**
   * Makes changes in their order; those of one hive that follow each other are written together. When one throws,
   * nothing of its hive is written.
   */
  async changeAll(edits: readonly KeyEdit[]): Promise<void> {
    const runs: { mount: Mount; edits: { names: readonly string[]; change: KeyEdit['change'] }[] }[] = [];
    for (const { path, change } of edits) {
      const found = await this.find(redirect(path));
      // Windows' answer to a key that would be a new hive.
      if (found === undefined) throw systemFailure('The parameter is incorrect.');
      const { mount, names } = found;
      const last = runs.at(-1);
      if (last?.mount.file === mount.file) last.edits.push({ names, change });
      else runs.push({ mount, edits: [{ names, change }] });
    }
    for (const { mount, edits: inHive } of runs) {
      const { create, file } = mount;
      if (create !== undefined) {
        await this.context.files.makeFolder(file.replace(/\\[^\\]*$/, '')).catch(() => undefined);
      }
      const work = (hive: Hive): void => {
        for (const { names, change } of inHive) change(hive.root, below(mount, hive, names));
      };
      await changeHiveFile(this.context, file, work, create);
    }
  }

  /** Whether the key is where a hive begins: such a key cannot be deleted, only unloaded. */
  async isMount(path: KeyPath): Promise<boolean> {
    const target = redirect(path);
    if (target.names.length === 0) return true;
    const found = await this.find(target);
    return found !== undefined && found.names.length === 0;
  }

  /** Whether there is a hive for the key, be the key there or not. */
  async isInHive(path: KeyPath): Promise<boolean> {
    return (await this.find(redirect(path))) !== undefined;
  }

  /** Files of all hives that are in use. */
  async filesInUse(): Promise<readonly string[]> {
    return (await registryMounts(this.context)).map(({ file }) => file);
  }

  private async rootKey(root: RootKey): Promise<RegistryKey> {
    const names = (await registryMounts(this.context)).flatMap((mount) =>
      mount.root === root ? (mount.name ?? []) : [],
    );
    return {
      path: root,
      values: [],
      key: undefined,
      subkeys: async () => {
        const keys = await Promise.all(names.map((name) => this.open({ root, names: [name] })));
        return keys.filter((key) => key !== undefined);
      },
    };
  }

  private async openIn(path: KeyPath, shown: string): Promise<RegistryKey | undefined> {
    const found = await this.find(path);
    if (found === undefined) return undefined;
    const { mount, names } = found;
    const missing = mount.create !== undefined && (await this.context.files.stat(mount.file)) === undefined;
    const hive = missing ? mount.create() : await readHiveFile(this.context, mount.file);
    const key = hive.key(below(mount, hive, names));
    return key && view(shown, key, mount.system && names.length === 0 ? hive : undefined);
  }

  private async find(path: KeyPath): Promise<{ mount: Mount; names: readonly string[] } | undefined> {
    const [first = '', ...rest] = path.names;
    for (const mount of await registryMounts(this.context)) {
      if (mount.root !== path.root) continue;
      if (mount.name === undefined) return { mount, names: path.names };
      if (mount.name.toUpperCase() === first.toUpperCase()) return { mount, names: rest };
    }
    return undefined;
  }
}

/** Roots that show a part of another. */
function redirect(path: KeyPath): KeyPath {
  const { root, names } = path;
  const machine = (...above: readonly string[]): KeyPath => ({
    root: 'HKEY_LOCAL_MACHINE',
    names: [...above, ...names],
  });
  if (root === 'HKEY_CLASSES_ROOT') return machine('SOFTWARE', 'Classes');
  if (root === 'HKEY_CURRENT_CONFIG') return machine('SYSTEM', CURRENT, 'Hardware Profiles', '0001');
  return path;
}

/** Path in the hive; `CurrentControlSet` becomes the control set that `Select\Current` names. */
function below({ system }: Mount, hive: Hive, names: readonly string[]): string {
  const [first = '', ...rest] = names;
  const linked = system && first.toLowerCase() === CURRENT.toLowerCase();
  return (linked ? [currentControlSet(hive), ...rest] : names).join('\\');
}

function view(path: string, key: HiveKey, systemHive?: Hive): RegistryKey {
  return {
    path,
    values: key.values(),
    key,
    subkeys: async () => {
      const children = key.subkeys().map((child) => view(`${path}\\${child.name}`, child));
      const current = systemHive?.key(currentControlSet(systemHive));
      return current ? [...children, view(`${path}\\${CURRENT}`, current)] : children;
    },
  };
}
