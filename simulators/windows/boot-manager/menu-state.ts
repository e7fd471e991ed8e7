/** A key that the menu knows. */
export type MenuKey = 'up' | 'down' | 'enter' | 'escape' | 'tab' | 'f8';

/** How many lines each list has. */
export interface MenuSize {
  readonly entries: number;
  readonly tools: number;
  /** Of the advanced options. */
  readonly options: number;
}

export interface MenuState {
  readonly list: 'entries' | 'tools' | 'options';
  /** Index of the highlighted entry; stays while a tool or an option is highlighted. */
  readonly entry: number;
  readonly tool: number;
  readonly option: number;
  /** Until the highlighted entry starts by itself; undefined once a key was pressed. */
  readonly secondsLeft: number | undefined;
}

/** What was chosen. */
export interface MenuChoice {
  readonly list: 'entries' | 'tools';
  readonly index: number;
  /** Index of the advanced option, where one was asked for. */
  readonly option?: number;
}

type Step = { readonly state: MenuState } | { readonly choice: MenuChoice };

/** @param seconds none or less: nothing starts by itself */
export function openMenu(entry: number, seconds: number): MenuState {
  return { list: 'entries', entry, tool: 0, option: 0, secondsLeft: seconds > 0 ? seconds : undefined };
}

/**
 * A key's effect: arrows move, Tab goes to the tools and back, Enter chooses, F8 opens the advanced options of the entry. Esc
 * leaves the advanced options, and starts the highlighted entry from the menu (our choice). Every key stops the clock.
 */
export function pressMenuKey(before: MenuState, key: MenuKey, size: MenuSize): Step {
  const state: MenuState = { ...before, secondsLeft: undefined };
  const { list, entry, tool, option } = state;
  switch (key) {
    case 'up':
    case 'down': {
      const move = (index: number, count: number) => (index + (key === 'up' ? count - 1 : 1)) % count;
      if (list === 'entries') return { state: { ...state, entry: move(entry, size.entries) } };
      if (list === 'tools') return { state: { ...state, tool: move(tool, size.tools) } };
      return { state: { ...state, option: move(option, size.options) } };
    }
    case 'tab':
      if (list === 'options' || size.tools === 0) return { state };
      return { state: { ...state, list: list === 'entries' ? 'tools' : 'entries' } };
    case 'f8':
      if (list !== 'entries' || size.options === 0) return { state };
      // The list opens at its last line, which starts Windows as always.
      return { state: { ...state, list: 'options', option: size.options - 1 } };
    case 'escape':
      if (list === 'options') return { state: { ...state, list: 'entries' } };
      return { choice: { list: 'entries', index: entry } };
    case 'enter':
      if (list === 'options') return { choice: { list: 'entries', index: entry, option } };
      return { choice: { list, index: list === 'entries' ? entry : tool } };
  }
}

/** A second has gone. */
export function passSecond(state: MenuState): Step {
  if (state.secondsLeft === undefined) return { state };
  if (state.secondsLeft <= 1) return { choice: { list: 'entries', index: state.entry } };
  return { state: { ...state, secondsLeft: state.secondsLeft - 1 } };
}
