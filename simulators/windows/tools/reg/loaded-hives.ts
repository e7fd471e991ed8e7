import type { WindowsHost } from '../../windows-host';
import type { RootKey } from './key-path';

/** A hive file that `reg load` hung into the registry. */
export interface LoadedHive {
  readonly root: RootKey;
  readonly name: string;
  /** Absolute path of the file; each change goes there at once. */
  readonly file: string;
}

/** Loaded hives belong to the running machine: all its sessions see them, and a restart forgets them. */
const loaded = new WeakMap<WindowsHost, LoadedHive[]>();

export function loadedHives(host: WindowsHost): readonly LoadedHive[] {
  return loaded.get(host) ?? [];
}

export function addLoadedHive(host: WindowsHost, hive: LoadedHive): void {
  loaded.set(host, [...loadedHives(host), hive]);
}

export function removeLoadedHive(host: WindowsHost, hive: LoadedHive): void {
  loaded.set(
    host,
    loadedHives(host).filter((one) => one !== hive),
  );
}
