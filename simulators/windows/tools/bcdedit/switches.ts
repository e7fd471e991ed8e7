import { LIBRARY_ELEMENTS, OS_LOADER_ELEMENTS } from '../../../disk/bcd';
import { failures } from './failure';
import { impliedEntry, isIdentifier, resolveEntry } from './identifiers';
import type { OpenStore } from './store-file';

/** The boolean element that a command turns on and off. */
const elements = {
  bootdebug: LIBRARY_ELEMENTS.bootdebug,
  bootems: LIBRARY_ELEMENTS.bootems,
  debug: OS_LOADER_ELEMENTS.debug,
  ems: OS_LOADER_ELEMENTS.ems,
} as const;

/**
 * `/bootdebug`, `/bootems`, `/debug` and `/ems`: `[{id}] ON | OFF`. /bootems needs its entry; the others mean the current
 * one where none is named (documented by Microsoft).
 */
export function setSwitch(open: OpenStore, command: keyof typeof elements, words: readonly string[]): void {
  const [first] = words;
  const named = isIdentifier(first);
  const [word, ...rest] = named ? words.slice(1) : words;
  const on = word?.toLowerCase() === 'on';
  if (rest.length > 0 || (!on && word?.toLowerCase() !== 'off') || (command === 'bootems' && !named)) {
    throw failures.commandLine(command);
  }
  resolveEntry(open, named ? first : impliedEntry(open)).setBoolean(elements[command], on);
}
