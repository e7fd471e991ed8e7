import { bracedGuid, fromHex, toHex } from '../../disk/bytes';
import type { Hive, HiveKey } from '../../disk/regf';
import { currentControlSet } from '../../disk/sam';
import { localHiveStorage, saveHive } from '../hive-files';
import { newGuid } from '../random';
import { openHiveFile } from './hive-file';
import type { HostMemory, HostRecord, RememberedDisk, RememberedLetter } from './host-memory';

const MOUNTED_DEVICES = 'MountedDevices';
const letterName = (letter: string): string => `\\DosDevices\\${letter}:`;

/**
 * The record in a SYSTEM hive. Letters are where Windows has them: `MountedDevices`, with a `#{GUID}` value for a volume
 * that shall have none. Windows keeps a disk's state beside its device (`Device Parameters\Partmgr`), under names that a
 * stand-in's disks do not have, so `partmgr\Parameters\Disks` and `volmgrx\Disk Groups` are ours.
 * @param path the hive's file. @throws Error where it cannot be read or written.
 */
export function systemHiveMemory(path: string): HostMemory {
  return {
    async load(): Promise<HostRecord> {
      const hive = await openHiveFile(path);
      return { letters: lettersOf(hive), disks: disksOf(hive), groups: groupsOf(hive) };
    },
    async save(record): Promise<void> {
      const hive = await openHiveFile(path);
      writeLetters(hive.createKey(MOUNTED_DEVICES), record.letters);
      writeDisks(hive.createKey(disksPath(hive)), record.disks);
      const groups = hive.createKey(groupsPath(hive));
      for (const guid of record.groups) if (!groups.getValue(guid)) groups.setDword(guid, 1);
      await saveHive(localHiveStorage, path, hive);
    },
  };
}

const disksPath = (hive: Hive): string => `${currentControlSet(hive)}\\Services\\partmgr\\Parameters\\Disks`;
const groupsPath = (hive: Hive): string => `${currentControlSet(hive)}\\Services\\volmgrx\\Disk Groups`;

function lettersOf(hive: Hive): RememberedLetter[] {
  const values = hive.key(MOUNTED_DEVICES)?.values() ?? [];
  return values.flatMap(({ name, data }) => {
    const letter = /^\\DosDevices\\([A-Z]):$/i.exec(name)?.[1]?.toUpperCase();
    if (letter === undefined && !name.startsWith('#{')) return [];
    return [{ location: toHex(data), letter }];
  });
}

function writeLetters(key: HiveKey, letters: readonly RememberedLetter[]): void {
  const wanted = new Map(letters.map(({ location, letter }) => [location, letter]));
  for (const { name, data } of [...key.values()]) {
    const named = name.startsWith('\\DosDevices\\') || name.startsWith('#{');
    const location = toHex(data);
    const letter = wanted.get(location);
    const right = letter === undefined ? name.startsWith('#{') : name === letterName(letter);
    if (named && wanted.has(location) && !right) key.deleteValue(name);
  }
  for (const [location, letter] of wanted) {
    const data = fromHex(location);
    const known = key.values().some((one) => one.name.startsWith('#{') && toHex(one.data) === location);
    if (letter !== undefined) key.setBinary(letterName(letter), data);
    else if (!known) key.setBinary(`#${bracedGuid(newGuid())}`, data);
  }
}

function disksOf(hive: Hive): RememberedDisk[] {
  return (hive.key(disksPath(hive))?.subkeys() ?? []).map((key) => ({
    identity: key.name,
    online: key.getDword('Online') === 1,
    readOnly: key.getDword('ReadOnly') === 1,
  }));
}

function writeDisks(key: HiveKey, disks: readonly RememberedDisk[]): void {
  for (const { identity, online, readOnly } of disks) {
    const disk = key.createKey(identity);
    disk.setDword('Online', online ? 1 : 0);
    disk.setDword('ReadOnly', readOnly ? 1 : 0);
  }
}

function groupsOf(hive: Hive): string[] {
  return (hive.key(groupsPath(hive))?.values() ?? []).map(({ name }) => name);
}
