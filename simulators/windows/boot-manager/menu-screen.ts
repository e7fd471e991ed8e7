import { ADVANCED_OPTIONS } from './advanced-options';
import type { BootEra } from './boot-era';
import type { MenuState } from './menu-state';
import { centred, hints, ROWS, type TextScreen, textScreen, withFooter } from './text-screen';

/** The names that a menu shows. */
export interface MenuTexts {
  readonly entries: readonly string[];
  readonly tools: readonly string[];
}

/**
 * The menu, or the advanced options of the highlighted entry. Words of NTLDR and of the 6.1 boot manager as Windows shows
 * them (general knowledge); since Windows 8 those of its text menu, on blue. Where a line stands is our choice.
 */
export function menuScreen(era: BootEra, texts: MenuTexts, state: MenuState): TextScreen {
  const page = state.list === 'options' ? optionsPage(era, texts, state) : menuPage(era, texts, state);
  const highlighted = page.lines.findIndex((line) => line.startsWith(MARK));
  const lines = page.lines.map((line) => line.replace(MARK, ''));
  const bars = page.footer === undefined ? [] : [0, ROWS - 1];
  return textScreen(page.footer === undefined ? lines : withFooter(lines, page.footer), {
    reversed: [...bars, ...(highlighted < 0 ? [] : [highlighted])],
    look: era === 'windows-6.2+' ? 'blue' : 'black',
  });
}

interface Page {
  readonly lines: readonly string[];
  readonly footer?: string;
}

/** Before the highlighted line, while a page is put together. */
const MARK = '\0';

const list = (names: readonly string[], highlighted: number | undefined): string[] =>
  names.map((name, index) => `${index === highlighted ? MARK : ''}    ${name}`);

function menuPage(era: BootEra, { entries, tools }: MenuTexts, state: MenuState): Page {
  const { secondsLeft } = state;
  const entry = state.list === 'entries' ? state.entry : undefined;
  if (era === 'windows-5.2') {
    return {
      lines: [
        '',
        'Please select the operating system to start:',
        '',
        '',
        ...list(entries, entry),
        '',
        'Use the up and down arrow keys to move the highlight to your choice.',
        'Press ENTER to choose.',
        ...(secondsLeft === undefined
          ? []
          : [`Seconds until highlighted choice will be started automatically: ${secondsLeft}`]),
        '',
        '',
        'For troubleshooting and advanced startup options for Windows, press F8.',
      ],
    };
  }
  const countdown =
    secondsLeft === undefined
      ? ''
      : `Seconds until the highlighted choice will be started automatically: ${secondsLeft}`;
  return {
    lines: [
      centred('Windows Boot Manager'),
      '',
      tools.length > 0
        ? 'Choose an operating system to start, or press TAB to select a tool:'
        : 'Choose an operating system to start:',
      '(Use the arrow keys to highlight your choice, then press ENTER.)',
      '',
      ...list(entries, entry),
      '',
      'To specify an advanced option for this choice, press F8.',
      countdown,
      '',
      ...(tools.length > 0
        ? ['Tools:', '', ...list(tools, state.list === 'tools' ? state.tool : undefined)]
        : []),
    ],
    footer: hints('ENTER=Choose', tools.length > 0 ? 'TAB=Menu' : '', 'ESC=Cancel'),
  };
}

function optionsPage(era: BootEra, { entries }: MenuTexts, state: MenuState): Page {
  const all = ADVANCED_OPTIONS[era];
  const chosen = advancedOption(era, state.option);
  const options = all.map((name) => (name === '' ? '' : `${name === chosen ? MARK : ''}    ${name}`));
  if (era === 'windows-5.2') {
    return {
      lines: [
        '',
        'Windows Advanced Options Menu',
        'Please select an option:',
        '',
        ...options,
        '',
        'Use the up and down arrow keys to move the highlight to your choice.',
      ],
    };
  }
  return {
    lines: [
      centred('Advanced Boot Options'),
      '',
      `Choose Advanced Options for: ${entries[state.entry] ?? ''}`,
      '(Use the arrow keys to highlight your choice.)',
      '',
      ...options,
    ],
    footer: hints('ENTER=Choose', '', 'ESC=Cancel'),
  };
}

/** How many advanced options there are to choose from. */
export function advancedOptionCount(era: BootEra): number {
  return ADVANCED_OPTIONS[era].filter((name) => name !== '').length;
}

/** The name of an advanced option; undefined for a number that is none. */
export function advancedOption(era: BootEra, index: number): string | undefined {
  return ADVANCED_OPTIONS[era].filter((name) => name !== '')[index];
}
