import { ByteText } from './byte-text';
import { listAccounts } from './list-accounts';
import { listGroups } from './list-groups';
import { listHive } from './list-hive';
import { listStore } from './list-store';
import { listTable } from './list-table';
import type { Machine } from './machine';
import { showVolume } from './show-volume';

/** Runs one listing, e.g. `hive FILE` or `groups IMAGE...`. The words are those after the program's name. */
export function runCommand(words: readonly string[], machine: Machine): void {
  const [what, ...paths] = words;
  const [path = '', word = ''] = paths;
  const out = new ByteText((bytes) => machine.write(bytes));
  switch (what) {
    case 'hive':
      listHive(machine.readFile(path), out);
      break;
    case 'store':
      listStore(machine.readFile(path), out);
      break;
    case 'table':
      listTable(machine.openDisk(path), path, out);
      break;
    case 'groups':
      listGroups(
        paths.map((image) => machine.openDisk(image)),
        out,
      );
      break;
    case 'accounts':
      listAccounts(machine.readFile(path), word, out);
      break;
    case 'volume':
      showVolume(machine.openDisk(path), out);
      break;
    default:
      throw new Error(`"${what}" is no listing: hive, store, table, groups, accounts or volume.`);
  }
  out.flush();
}
