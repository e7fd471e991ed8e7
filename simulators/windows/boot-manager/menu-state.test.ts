import { describe, expect, it } from 'vitest';
import {
  advancedOption,
  advancedOptionCount,
  type MenuKey,
  type MenuState,
  menuScreen,
  openMenu,
  passSecond,
  pressMenuKey,
} from '.';

const size = { entries: 2, tools: 1, options: advancedOptionCount('windows-6.1') };
const texts = { entries: ['Windows Server 2008 R2', 'Other'], tools: ['Windows Memory Diagnostic'] };

function press(state: MenuState, ...keys: MenuKey[]) {
  let step: ReturnType<typeof pressMenuKey> = { state };
  for (const key of keys) if ('state' in step) step = pressMenuKey(step.state, key, size);
  return step;
}

function shown(state: MenuState) {
  const { lines, reversed } = menuScreen('windows-6.1', texts, state);
  return {
    lines: lines.map((line) => line.trimEnd()),
    highlighted: reversed.map((row) => lines[row]?.trim()),
  };
}

describe('the keys of the menu', () => {
  it.each<[MenuKey[], object]>([
    [['enter'], { list: 'entries', index: 0 }],
    [['down', 'enter'], { list: 'entries', index: 1 }],
    [['up', 'up', 'up', 'enter'], { list: 'entries', index: 1 }],
    [['tab', 'enter'], { list: 'tools', index: 0 }],
    [['tab', 'tab', 'enter'], { list: 'entries', index: 0 }],
    [['down', 'escape'], { list: 'entries', index: 1 }],
    [['f8', 'enter'], { list: 'entries', index: 0, option: size.options - 1 }],
    [['down', 'f8', 'down', 'enter'], { list: 'entries', index: 1, option: 0 }],
    [['f8', 'escape', 'enter'], { list: 'entries', index: 0 }],
  ])('%s', (keys, choice) => {
    expect(press(openMenu(0, 30), ...keys)).toEqual({ choice });
  });

  it('counts down to the highlighted entry', () => {
    expect(passSecond(openMenu(1, 2))).toMatchObject({ state: { secondsLeft: 1 } });
    expect(passSecond(openMenu(1, 1))).toEqual({ choice: { list: 'entries', index: 1 } });
  });

  it('stops counting at any key, and does not begin without a timeout', () => {
    expect(press(openMenu(0, 30), 'down')).toMatchObject({ state: { secondsLeft: undefined } });
    expect(passSecond(openMenu(0, 0))).toMatchObject({ state: { secondsLeft: undefined } });
  });
});

describe('the screen of the menu', () => {
  it('shows entries, time and tools', () => {
    const { lines, highlighted } = shown(openMenu(1, 27));
    expect(lines.slice(0, 15)).toEqual([
      '                              Windows Boot Manager',
      '',
      'Choose an operating system to start, or press TAB to select a tool:',
      '(Use the arrow keys to highlight your choice, then press ENTER.)',
      '',
      '    Windows Server 2008 R2',
      '    Other',
      '',
      'To specify an advanced option for this choice, press F8.',
      'Seconds until the highlighted choice will be started automatically: 27',
      '',
      'Tools:',
      '',
      '    Windows Memory Diagnostic',
      '',
    ]);
    expect(highlighted).toContain('Other');
    expect(
      new Set(menuScreen('windows-6.1', texts, openMenu(0, 1)).lines.map(({ length }) => length)),
    ).toEqual(new Set([80]));
  });

  it('shows the advanced options behind F8', () => {
    const step = press(openMenu(0, 30), 'f8', 'down', 'down');
    if (!('state' in step)) throw new Error('nothing was to be chosen yet');
    const { lines, highlighted } = shown(step.state);
    expect(lines).toContain('Choose Advanced Options for: Windows Server 2008 R2');
    expect(highlighted).toContain('Safe Mode with Networking');
    expect(advancedOption('windows-6.1', size.options - 1)).toBe('Start Windows Normally');
  });

  it('is blue since Windows 8, and bare with NTLDR', () => {
    expect(menuScreen('windows-6.2+', texts, openMenu(0, 1)).look).toBe('blue');
    const ntldr = menuScreen('windows-5.2', texts, openMenu(0, 30));
    expect(ntldr.lines[1]?.trimEnd()).toBe('Please select the operating system to start:');
    expect(ntldr.reversed).toEqual([4]);
  });
});
