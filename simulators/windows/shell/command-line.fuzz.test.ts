import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line';
import { CommandSyntaxError } from './command-syntax-error';
import { ArithmeticError, evaluateArithmetic } from './commands/arithmetic';
import { namePattern, renamedByMask } from './name-pattern';
import { ShellRig } from './testing/shell-rig';
import { expandDelayed, expandPercents } from './variable-text';

const pieces = [
  ...[
    'if',
    'not',
    'exist',
    'defined',
    'errorlevel',
    'else',
    '==',
    'equ',
    '/i',
    'for',
    '/f',
    '/l',
    '/r',
    '/d',
    'in',
    'do',
  ],
  ...[
    '(',
    ')',
    '&',
    '&&',
    '|',
    '||',
    '>',
    '>>',
    '<',
    '2>&1',
    '1>',
    '^',
    '"',
    "'",
    '`',
    '%',
    '%%',
    '!',
    '@',
    ':',
    '\n',
    '\r',
  ],
  ...[
    '%i',
    '%~dpi',
    '%1',
    '%~z1',
    '%CD%',
    '%OS:~1,2%',
    '%OS:a=b%',
    '(1,1,2)',
    '"tokens=1,2* delims=;"',
    ',',
    ';',
    '=',
  ],
  ...[
    'echo',
    'echo.',
    'set',
    'set /a',
    'cd',
    'dir',
    'rem',
    'type',
    'call',
    'goto',
    ':x',
    'x',
    'a b',
    '*.*',
    'nul',
    'con',
    'D:',
  ],
  ...[
    'copy',
    'move',
    'ren',
    'del /q',
    'md',
    'rd',
    'exit /b',
    'setlocal',
    'cmd /c',
    '/?',
    '\\',
    '..',
    '\u0000',
    'é',
    '💾',
  ],
];
const words = fc.array(fc.constantFrom(...pieces), { maxLength: 14 });
const line = fc.oneof(
  words.map((some) => some.join(' ')),
  words.map((some) => some.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

describe('whatever is typed', () => {
  it('is parsed or refused with a sentence of cmd', () => {
    fc.assert(
      fc.property(line, (text) => {
        try {
          parseCommandLine(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CommandSyntaxError);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it('nests as deep as it likes without bringing the parser down', () => {
    for (const part of [
      '(',
      'if 1==1 ',
      'for %i in (1) do ',
      '@',
      'a&',
      'a|',
      'a&&',
      '^',
      '"',
      'rem ',
      '2>&1 ',
    ]) {
      const text = part.repeat(50_000);
      try {
        parseCommandLine(text);
      } catch (error) {
        expect(error, part).toBeInstanceOf(CommandSyntaxError);
      }
    }
  });

  it('keeps plain words as they are', () => {
    const plain = fc
      .stringMatching(/^[A-Za-z0-9._\\:-]{1,20}$/)
      .filter((text) => !/^(if|for|rem|\d+)$/i.test(text));
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 6 }), (some) => {
        const text = some.join(' ');
        expect(parseCommandLine(text)).toEqual({ kind: 'command', text, redirections: [] });
      }),
    );
  });

  /** One line each, and no `for /l`: endless loops of scripts are endless on Windows as well. */
  const harmless = line.map((text) => text.replace(/[\n\u0003]/g, ' ').replace(/\/l/gi, ''));

  it('runs or is answered, and the shell goes on', async () => {
    await using rig = await ShellRig.create();
    await fc.assert(
      fc.asyncProperty(harmless, async (text) => {
        await rig.put({ 'C:\fuzzed.bat': `@echo off\r\n${text}\r\n:x\r\necho ran\r\n` });
        const { output } = await rig.run('cmd', `D:\r\n${text}\r\ncall C:\\fuzzed.bat 1 2\r\n`);
        expect(output).toMatch(/^Microsoft Windows/);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

describe('texts between signs', () => {
  it('are replaced without failing, and stay where there is no sign', async () => {
    const value = (name: string): string | undefined => (/^(a|OS)$/i.test(name) ? 'Windows' : undefined);
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        const plain = text.replaceAll('%', '');
        expect(await expandPercents(plain, { value, argument: undefined })).toBe(plain);
        await expandPercents(text, { value, argument: async () => 'x' });
        expandDelayed(text, value);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('expressions and patterns', () => {
  it("give a 32-bit number or cmd's message", () => {
    const parts = [
      '1',
      '0x1f',
      '017',
      '09',
      'x',
      '+',
      '-',
      '*',
      '/',
      '%',
      '(',
      ')',
      '<<',
      '>>',
      '&',
      '|',
      '^',
      '=',
      '+=',
      ',',
      '!',
      '~',
      ' ',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), (some) => {
        const variables = new Map<string, string>();
        const scope = {
          get: (name: string) => variables.get(name),
          set: (name: string, text: string) => void variables.set(name, text),
        };
        try {
          const value = evaluateArithmetic(some.join(''), scope);
          expect(value).toBe(value | 0);
        } catch (error) {
          expect(error).toBeInstanceOf(ArithmeticError);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('fit or do not, in no more time than their lengths multiply to', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', ' '), maxLength: 20 });
    const mask = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 12 });
    fc.assert(
      fc.property(name, mask, (one, other) => {
        expect(namePattern('*')(one)).toBe(true);
        expect(typeof namePattern(other)(one)).toBe('boolean');
        renamedByMask(one, other);
      }),
      { numRuns: 5000 },
    );
    const start = Date.now();
    expect(namePattern(`${'*a'.repeat(100)}b`)('a'.repeat(255))).toBe(false);
    expect(Date.now() - start).toBeLessThan(1000);
  });
});
