import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line';
import { CommandSyntaxError } from './command-syntax-error';
import { splitArguments, splitWords } from './split-arguments';

const command = (text: string) => ({ kind: 'command', text, redirections: [] });

describe('a command line', () => {
  it('binds | tighter than &&, && tighter than ||, and & loosest', () => {
    expect(parseCommandLine('a & b || c && d | e')).toEqual({
      kind: 'then',
      left: command('a '),
      right: {
        kind: 'or',
        left: command('b '),
        right: {
          kind: 'and',
          left: command('c '),
          right: { kind: 'pipe', left: command('d '), right: command('e') },
        },
      },
    });
  });

  it('leaves operators alone in quotes and behind a caret', () => {
    expect(parseCommandLine('echo "a & b" ^& c')).toEqual(command('echo "a & b" & c'));
  });

  it('keeps the blank before a redirection and takes a digit only where it stands alone', () => {
    // A digit belongs to the second sign also where no blank is before the first.
    expect(parseCommandLine('dir nosuch>nul 2>&1')).toEqual({
      kind: 'command',
      text: 'dir nosuch',
      redirections: [
        { stream: 1, mode: 'write', target: 'nul' },
        { stream: 2, mode: 'write', target: 1 },
      ],
    });
    expect(parseCommandLine('echo one>x.txt two 2>y.txt')).toMatchObject({
      text: 'echo one two ',
      redirections: [{ target: 'x.txt' }, { stream: 2, target: 'y.txt' }],
    });
    expect(parseCommandLine('>x.txt echo one')).toMatchObject({ text: 'echo one' });
    expect(parseCommandLine('echo a1 >x.txt 2>&1')).toEqual({
      kind: 'command',
      text: 'echo a1 ',
      redirections: [
        { stream: 1, mode: 'write', target: 'x.txt' },
        { stream: 2, mode: 'write', target: 1 },
      ],
    });
    expect(parseCommandLine('echo a1>>"b c.txt"')).toEqual({
      kind: 'command',
      text: 'echo a1',
      redirections: [{ stream: 1, mode: 'append', target: 'b c.txt' }],
    });
  });

  it('groups commands, as scripts for diskpart are often made', () => {
    expect(parseCommandLine('(echo list disk& echo exit) | diskpart')).toEqual({
      kind: 'pipe',
      left: {
        kind: 'group',
        body: { kind: 'then', left: command('echo list disk'), right: command('echo exit') },
        redirections: [],
      },
      right: command('diskpart'),
    });
  });

  it('takes redirections on both sides of a group', () => {
    expect(parseCommandLine('>a.txt 2>&1 (echo a& echo b) <c.txt')).toMatchObject({
      kind: 'group',
      body: { kind: 'then' },
      redirections: [{ target: 'a.txt' }, { stream: 2, target: 1 }, { stream: 0, target: 'c.txt' }],
    });
    expect(parseCommandLine('>a.txt echo (b')).toMatchObject({ kind: 'command', text: 'echo (b' });
  });

  it.each([
    ['&& ver', '&& was unexpected at this time.'],
    ['ver | | more', '| was unexpected at this time.'],
    ['(ver', 'The syntax of the command is incorrect.'],
    ['ver >', 'The syntax of the command is incorrect.'],
  ])('refuses %s', (line, message) => {
    expect(() => parseCommandLine(line)).toThrow(
      new CommandSyntaxError(message).constructor as ErrorConstructor,
    );
    expect(() => parseCommandLine(line)).toThrow(message);
  });

  it('is nothing when blank', () => {
    expect(parseCommandLine('  ')).toBeUndefined();
  });
});

describe('arguments', () => {
  it('follow the C runtime: backslashes count before quotes only', () => {
    expect(splitArguments('/store "D:\\my boot\\bcd" /set {default} a\\\\b "x\\"y" ""')).toEqual([
      '/store',
      'D:\\my boot\\bcd',
      '/set',
      '{default}',
      'a\\\\b',
      'x"y',
      '',
    ]);
  });

  it('of cmd itself end a quote at the next one, whatever stands before it', () => {
    expect(splitWords('"C:\\Program Files\\" a,b')).toEqual(['C:\\Program Files\\', 'a', 'b']);
  });
});
