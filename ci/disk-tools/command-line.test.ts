import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShellRig } from '../../simulators/windows/shell/testing/shell-rig';
import { commandLine } from './command-line';

describe('the command line of a tool', () => {
  let received: readonly string[] | undefined;
  let rig: ShellRig;
  beforeAll(async () => {
    rig = await ShellRig.create(
      new Map([
        [
          'tell',
          async ({ args }) => {
            received = args;
            return 0;
          },
        ],
      ]),
    );
  });
  afterAll(() => rig[Symbol.asyncDispose]());

  const receive = async (...words: string[]) => {
    received = undefined;
    const result = await rig.run(commandLine('tell', words));
    return { ...result, received };
  };

  it.each([
    ['nothing', []],
    ['plain words', ['/enum', 'all', '{default}', 'id=11223344']],
    ['an empty word', ['user', 'Administrator', '']],
    ['blanks', ['C:\\Program Files\\x', 'a\tb']],
    ['a backslash at the end', ['C:\\Program Files\\', 'C:\\']],
    ['what joins commands', ['a&b', 'a|b', 'a>b', '<', 'a^b', '(a)']],
    ['quotes', ['say "hi"', '"', 'a" & echo b', '\\"', 'a\\\\" b\\']],
  ])('hands on %s', async (_, words) => {
    expect(await receive(...words)).toEqual({ exitCode: 0, output: '', errors: '', received: words });
  });

  it('hands on whatever words there are', async () => {
    const word = fc.string({
      unit: fc.constantFrom(...'ab \t\\"&|<>^(),;=/-.{}:*?~äß'.split('')),
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 4 }), async (words) => {
        expect((await receive(...words)).received).toEqual(words);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves variables to the shell', async () => {
    expect((await receive('%COMPUTERNAME%', '100%')).received).toEqual(['WINRESCUEOVH', '100%']);
  });

  it('runs what stands behind cmd /c as it is, where it is one word', async () => {
    expect(
      await rig.run(
        commandLine('cmd', ['/c', 'md "C:\\My Folder" & echo "a" & echo b> "C:\\My Folder\\x.txt"']),
      ),
    ).toEqual({
      exitCode: 0,
      output: '"a" \r\n',
      errors: '',
    });
    expect(await rig.output(commandLine('CMD.exe', ['/C', 'dir', '/b', 'C:\\My Folder\\']))).toBe(
      'x.txt\r\n',
    );
    expect(await rig.output(commandLine('type', ['C:\\My Folder\\x.txt']))).toBe('b\r\n');
  });
});
