import { readFile, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemPrograms } from '../../tools';
import { ShellRig } from '../testing/shell-rig';

let rig: ShellRig;
beforeEach(async () => {
  rig = await ShellRig.create(systemPrograms(async () => []));
  await rig.put({
    'D:\\a.txt': 'one\r\n',
    'D:\\b.txt': 'two\r\n',
    'D:\\sub\\c.log': 'three\r\n',
    'D:\\hidden.sys': 'h',
  });
  await rig.output('attrib +h +s D:\\hidden.sys');
});
afterEach(() => rig[Symbol.asyncDispose]());

describe('hidden and system files', () => {
  it('are passed over by dir, copy, ren, move and del', async () => {
    expect(await rig.output('dir /b D:\\')).toBe('a.txt\r\nb.txt\r\nsub\r\n');
    expect(await rig.output('dir /b /a:hs D:\\')).toBe('hidden.sys\r\n');
    expect(await rig.output('dir /b /a-d-h D:\\')).toBe('a.txt\r\nb.txt\r\n');
    for (const command of ['copy D:\\hidden.sys D:\\x', 'ren D:\\hidden.sys x', 'move D:\\hidden.sys D:\\x'])
      expect((await rig.run(command)).errors).toBe('The system cannot find the file specified.\r\n');
    expect((await rig.run('del D:\\hidden.sys')).errors).toBe('Could Not Find D:\\hidden.sys\r\n');
    await rig.output('del /a:h D:\\hidden.sys');
    expect(rig.has('D:\\hidden.sys')).toBe(false);
  });

  it('come back when attrib has taken the attributes away, as the guides do before ren', async () => {
    // Commands of Microsoft's article on rebuilding the BCD store, on another file.
    await rig.output('attrib D:\\hidden.sys -r -s -h & ren D:\\hidden.sys hidden.old');
    expect(rig.has('D:\\hidden.old')).toBe(true);
  });
});

describe('read-only files', () => {
  it('are not deleted without /f and not overwritten', async () => {
    await rig.output('attrib +r D:\\a.txt');
    expect((await rig.run('del D:\\a.txt')).errors).toBe('D:\\a.txt\r\nAccess is denied.\r\n');
    expect((await rig.run('copy /y D:\\b.txt D:\\a.txt')).errors).toBe('Access is denied.\r\n');
    expect(await rig.text('D:\\a.txt')).toBe('one\r\n');
    await rig.output('del /f D:\\a.txt');
    expect(rig.has('D:\\a.txt')).toBe(false);
  });
});

describe('copy', () => {
  it.each([
    [
      'copy D:\\a.txt+D:\\b.txt D:\\c.txt',
      'a.txt\r\nb.txt\r\n        1 file(s) copied.\r\n',
      'one\r\ntwo\r\n\u001a',
    ],
    [
      'copy /b D:\\a.txt + D:\\b.txt D:\\c.txt',
      'a.txt\r\nb.txt\r\n        1 file(s) copied.\r\n',
      'one\r\ntwo\r\n',
    ],
    ['copy D:\\a.txt D:\\c.txt', '        1 file(s) copied.\r\n', 'one\r\n'],
    ['copy nul D:\\c.txt', '        1 file(s) copied.\r\n', ''],
  ])('%s', async (command, output, text) => {
    expect(await rig.output(command)).toBe(output);
    expect(await rig.text('D:\\c.txt')).toBe(text);
  });

  it('takes what is typed, by masks, and asks before it overwrites', async () => {
    await rig.run('copy con D:\\typed.txt', 'first\r\nlast\u001a\r\n');
    expect(await rig.text('D:\\typed.txt')).toBe('first\r\nlast');
    await rig.output('copy D:\\?.txt D:\\sub\\*.bak');
    expect(await rig.output('dir /b D:\\sub')).toBe('a.bak\r\nb.bak\r\nc.log\r\n');
    const question = 'Overwrite D:\\sub\\a.txt? (Yes/No/All): ';
    await rig.output('copy D:\\b.txt D:\\sub\\a.txt');
    expect((await rig.run('copy D:\\*.txt D:\\sub', 'x\nn\n')).output).toBe(
      `a.txt\r\n${question}${question}b.txt\r\ntyped.txt\r\n        2 file(s) copied.\r\n`,
    );
  });

  it.each(['copy', 'copy D:\\a.txt D:\\b.txt D:\\c.txt'])('refuses %s', async (command) => {
    expect((await rig.run(command)).errors).toBe('The syntax of the command is incorrect.\r\n');
  });
});

describe('ren, move and del', () => {
  it('take wildcards', async () => {
    await rig.output('ren D:\\?.txt *.old');
    expect(await rig.output('dir /b D:\\*.old')).toBe('a.old\r\nb.old\r\n');
    expect(await rig.output('move D:\\*.old D:\\sub')).toBe(
      'D:\\a.old\r\nD:\\b.old\r\n        2 file(s) moved.\r\n',
    );
    expect(await rig.output('del /s D:\\*.old')).toBe(
      'Deleted file - D:\\sub\\a.old\r\nDeleted file - D:\\sub\\b.old\r\n',
    );
    expect((await rig.run('del D:\\sub\\*', 'n\n')).output).toBe('D:\\sub\\*, Are you sure (Y/N)? ');
    expect(rig.has('D:\\sub\\c.log')).toBe(true);
  });

  it('move a folder within its volume', async () => {
    expect(await rig.output('move D:\\sub D:\\other')).toBe('        1 dir(s) moved.\r\n');
    expect((await rig.run('move D:\\other C:\\')).errors).toBe('Access is denied.\r\n');
    expect((await rig.run('ren D:\\a.txt b.txt')).errors).toBe(
      'A duplicate file name exists, or the file\r\ncannot be found.\r\n',
    );
    for (const command of ['ren D:\\oth* x', 'ren D:\\other *x'])
      expect((await rig.run(command)).errors).toBe('The syntax of the command is incorrect.\r\n');
    expect((await rig.run('ren D:\\a.txt D:\\c.txt')).errors).toBe(
      'The syntax of the command is incorrect.\r\n',
    );
  });
});

describe('type', () => {
  it('copies the bytes of files that are no text, and turns UTF-16 into text', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_x, index) => 255 - index);
    await writeFile(rig.real('D:\\all.bin'), bytes.subarray(2));
    await writeFile(rig.real('D:\\wide.txt'), Buffer.from('\ufeffüber\r\n', 'utf16le'));
    await rig.output('echo first> D:\\out.bin & (type D:\\all.bin & echo last)>> D:\\out.bin');
    expect(await readFile(rig.real('D:\\out.bin'))).toEqual(
      Buffer.concat([Buffer.from('first\r\n'), bytes.subarray(2), Buffer.from('last\r\n')]),
    );
    await rig.output('type D:\\wide.txt> D:\\out.txt');
    expect(await rig.text('D:\\out.txt')).toBe('über\r\n');
  });
});

describe('dir', () => {
  it('sorts, goes below and lists side by side', async () => {
    expect(await rig.output('dir /b /o-n D:\\')).toBe('sub\r\nb.txt\r\na.txt\r\n');
    expect(await rig.output('dir /b /s /a-d D:\\*.log')).toBe('D:\\sub\\c.log\r\n');
    const wide = (await rig.output('dir /w D:\\')).split('\r\n');
    expect(wide[4]).toBe('a.txt  b.txt  [sub]');
    const tree = await rig.output('dir /s D:\\');
    expect(tree).toContain(
      '\r\n\r\n     Total Files Listed:\r\n               3 File(s)             17 bytes\r\n',
    );
    // Names in the same folder are one listing.
    const several = (await rig.output('dir D:\\b.* D:\\a.txt D:\\none D:\\sub\\*.log')).split('\r\n');
    expect(several.filter((line) => / Directory of |File\(s\)|\.txt|\.log/.test(line))).toEqual([
      ' Directory of D:\\',
      expect.stringMatching(/ a\.txt$/),
      expect.stringMatching(/ b\.txt$/),
      expect.stringMatching(/^ {15}2 File\(s\)/),
      ' Directory of D:\\sub',
      expect.stringMatching(/ c\.log$/),
      expect.stringMatching(/^ {15}1 File\(s\)/),
    ]);
    expect(await rig.run('dir /b D:\\a.txt Q:\\')).toMatchObject({
      exitCode: 1,
      output: 'a.txt\r\n',
      errors: 'The system cannot find the drive specified.\r\n',
    });
    expect((await rig.run('dir /o:k')).errors).toBe('Invalid switch - "o:k".\r\n');
    expect((await rig.run('dir D:\\none')).exitCode).toBe(1);
  });
});

describe('junctions', () => {
  it('are shown, and not followed by what walks a tree', async () => {
    await symlink(rig.real('D:\\sub'), rig.real('D:\\sub\\round'));
    expect(await rig.output('dir D:\\sub')).toContain('    <JUNCTION>     round\r\n');
    expect(await rig.output('dir /s /b D:\\sub')).toBe('D:\\sub\\c.log\r\nD:\\sub\\round\r\n');
    expect(await rig.output('for /r D:\\sub %i in (*) do @echo %i')).toBe('D:\\sub\\c.log\r\n');
    expect(await rig.output('xcopy D:\\sub D:\\copy /e /i /q')).toBe('1 File(s) copied\r\n');
    expect((await rig.run('robocopy D:\\sub D:\\sub\\inside /e /njh /njs /ndl /nfl')).exitCode).toBe(1);
    expect(await rig.output('dir /s /b /a-d D:\\sub')).toBe('D:\\sub\\c.log\r\nD:\\sub\\inside\\c.log\r\n');
    expect(await rig.output('rd /s /q D:\\sub & dir /b /ad D:\\')).toBe('copy\r\n');
  });
});

describe('folders', () => {
  it('are remembered by pushd', async () => {
    expect(await rig.output('pushd D:\\sub & cd & pushd & popd & cd')).toBe(
      'D:\\sub\r\nC:\\Users\\Administrator\r\nC:\\Users\\Administrator\r\n',
    );
    expect((await rig.run('popd')).exitCode).toBe(1);
    expect((await rig.run('cd /d D:\\sub & rd D:\\sub')).errors).toBe(
      'The process cannot access the file because it is being used by another process.\r\n',
    );
    expect(await rig.output('cd /d D:\\s* & cd')).toBe('D:\\sub\r\n');
  });
});

describe('set', () => {
  it.each([
    ['set /a 2+3*4', '14'],
    ['set /a "(2+3)*4, 010 + 0x10"', '24'],
    ['set /a X=7, X%=4, X', '3'],
    ['set /a -7/2', '-3'],
    ['set /a 2147483647+1', '-2147483648'],
    ['set /a "1<<4|3^1"', '18'],
    ['set /a !0 + ~0', '0'],
  ])('%s', async (command, output) => {
    expect(await rig.output(command)).toBe(output);
  });

  it.each([
    ['set /a 1/0', 1073750993, 'Divide by zero error.'],
    ['set /a (1', 1073750988, 'Unbalanced parenthesis.'],
    ['set /a 1+', 1073750990, 'Missing operand.'],
    ['set /a 1 2', 1073750992, 'Missing operator.'],
  ])('%s is refused', async (command, exitCode, message) => {
    expect(await rig.run(command)).toEqual({ exitCode, output: '', errors: `${message}\r\n` });
  });

  it('asks with /p and forgets with an empty value', async () => {
    expect((await rig.run('set /p NAME=Who? & set NAME & set NAME=& set NAME', 'me\n')).output).toBe(
      'Who? NAME=me\r\n',
    );
  });
});

describe('help', () => {
  it('answers for commands and programs', async () => {
    expect(await rig.output('copy /?')).toMatch(/^Copies files, or joins them into one\.\r\n\r\nCOPY /);
    expect(await rig.output('help attrib')).toMatch(/^Shows or changes the attributes of files\.\r\n/);
    expect(await rig.output('help')).toContain('DIR           Lists files and folders.\r\n');
    expect(await rig.output('if /?')).toContain('IF [/I] [NOT] a==b command');
  });
});
