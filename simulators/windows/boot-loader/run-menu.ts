import * as os from 'quickjs-os';
import {
  advancedOption,
  advancedOptionCount,
  type BootEra,
  type MenuKey,
  menuScreen,
  openMenu,
  passSecond,
  pressMenuKey,
} from '../boot-manager';
import type { Keyboard } from './keyboard';
import { showScreen } from './screen';

/** What the menu is about. */
interface Menu {
  readonly era: BootEra;
  readonly entries: readonly string[];
  readonly tools: readonly string[];
  readonly selected: number;
  readonly timeoutSeconds: number;
}

/** What somebody chose, or the clock. */
export interface Chosen {
  readonly list: 'entries' | 'tools';
  readonly index: number;
  /** Name of the advanced option. */
  readonly option: string | undefined;
}

/** Shows the menu until an entry is chosen. @param pressed keys that were pressed before, F8 among them */
export function runMenu(
  menu: Menu,
  keyboard: Keyboard,
  pressed: readonly MenuKey[],
  done: (chosen: Chosen) => void,
): void {
  const { era, entries, tools } = menu;
  const size = { entries: entries.length, tools: tools.length, options: advancedOptionCount(era) };
  let state = openMenu(menu.selected, menu.timeoutSeconds);
  let timer: unknown;
  let over = false;
  const take = (step: ReturnType<typeof pressMenuKey>): void => {
    if (over) return;
    if ('state' in step) {
      ({ state } = step);
      showScreen(menuScreen(era, menu, state));
      return;
    }
    over = true;
    if (timer !== undefined) os.clearTimeout(timer);
    keyboard.close();
    const { list, index, option } = step.choice;
    done({ list, index, option: option === undefined ? undefined : advancedOption(era, option) });
  };
  const tick = (): void => {
    take(passSecond(state));
    if (!over && state.secondsLeft !== undefined) timer = os.setTimeout(tick, 1000);
  };
  const takeKeys = (keys: readonly MenuKey[]): void => {
    for (const key of keys) take(pressMenuKey(state, key, size));
  };
  showScreen(menuScreen(era, menu, state));
  takeKeys(pressed);
  if (over) return;
  if (menu.timeoutSeconds > 0) timer = os.setTimeout(tick, 1000);
  keyboard.onKeys(takeKeys);
}
