import { type BcdObject, BOOT_MANAGER_ELEMENTS } from '../../../disk/bcd';
import { changeList, listChange } from './elements';
import { failures } from './failure';
import { resolveEntry, resolveId } from './identifiers';
import type { OpenStore } from './store-file';

const bootManager = (open: OpenStore): BcdObject => resolveEntry(open, '{bootmgr}');

/** `/default {id}` */
export function setDefault(open: OpenStore, words: readonly string[]): void {
  const [identifier] = words;
  if (identifier === undefined || words.length > 1) throw failures.commandLine('default');
  bootManager(open).setObject(BOOT_MANAGER_ELEMENTS.default, resolveEntry(open, identifier).id);
}

/** `/timeout seconds` */
export function setTimeout(open: OpenStore, words: readonly string[]): void {
  const [seconds] = words;
  if (seconds === undefined || words.length > 1 || !/^\d{1,9}$/.test(seconds))
    throw failures.commandLine('timeout');
  bootManager(open).setInteger(BOOT_MANAGER_ELEMENTS.timeout, Number(seconds));
}

/** `/displayorder`, `/toolsdisplayorder` and `/bootsequence`: ids, with `/addfirst`, `/addlast` or `/remove`. */
export function setOrder(
  open: OpenStore,
  command: 'displayorder' | 'toolsdisplayorder' | 'bootsequence',
  words: readonly string[],
): void {
  const { rest, how } = listChange(words);
  if (rest.length === 0) throw failures.commandLine(command);
  changeList(
    bootManager(open),
    BOOT_MANAGER_ELEMENTS[command],
    rest.map((one) => resolveId(open, one)),
    how,
  );
}
