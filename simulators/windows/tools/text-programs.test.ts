import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ShellRig } from '../shell/testing/shell-rig';
import { systemPrograms } from '.';
import { findstrPattern } from './findstr-pattern';

let rig: ShellRig;
beforeEach(async () => {
  rig = await ShellRig.create(systemPrograms(async () => []));
  await rig.put({
    'D:\\one.txt': 'Pear\r\napple\r\n\r\n\r\nfig 12\r\n',
    'D:\\two.txt': 'Pear\r\nApple\r\nfig 12\r\nplum\r\n',
    'D:\\sub\\three.txt': 'fig\r\n',
    'D:\\list.txt': 'apple\r\nplum\r\n',
  });
});
afterEach(() => rig[Symbol.asyncDispose]());

describe('find', () => {
  it('looks into several files and tells of one that is missing', async () => {
    expect(await rig.run('find /i "apple" D:\\*.txt D:\\none')).toEqual({
      exitCode: 0,
      output:
        '\r\n---------- D:\\LIST.TXT\r\napple\r\n' +
        '\r\n---------- D:\\ONE.TXT\r\napple\r\n\r\n---------- D:\\TWO.TXT\r\nApple\r\n',
      errors: 'File not found - D:\\NONE\r\n',
    });
    expect((await rig.run('find /x "a" D:\\one.txt')).errors).toBe('FIND: Invalid switch\r\n');
  });

  it('finds an empty text in no line, so that /v shows them all', async () => {
    expect(await rig.run('find "" D:\\list.txt')).toMatchObject({ exitCode: 1 });
    expect(await rig.run('type D:\\list.txt | find /v ""')).toMatchObject({
      exitCode: 0,
      output: 'apple\r\nplum\r\n',
    });
  });
});

describe('findstr', () => {
  it.each([
    ['findstr fig D:\\*.txt', 'D:\\one.txt:fig 12\r\nD:\\two.txt:fig 12\r\n'],
    ['findstr /s /m fig D:\\t*.txt', 'D:\\two.txt\r\nD:\\sub\\three.txt\r\n'],
    ['findstr /n /g:D:\\list.txt D:\\two.txt', '4:plum\r\n'],
    ['findstr /r "[0-9][0-9]*$" D:\\one.txt', 'fig 12\r\n'],
    ['findstr /ni "^a \\<PLUM\\>" D:\\two.txt', '2:Apple\r\n4:plum\r\n'],
    ['findstr /o /c:"fig 12" D:\\two.txt', '13:fig 12\r\n'],
    ['findstr /vx "Pear" D:\\two.txt', 'Apple\r\nfig 12\r\nplum\r\n'],
  ])('%s', async (command, output) => {
    expect(await rig.output(command)).toBe(output);
  });

  it('tells of a file that is missing and of switches that it does not have', async () => {
    expect(await rig.run('findstr x D:\\none')).toEqual({
      exitCode: 1,
      output: '',
      errors: 'FINDSTR: Cannot open D:\\none\r\n',
    });
    expect((await rig.run('findstr /q x D:\\one.txt')).exitCode).toBe(2);
  });

  it('does not take longer with many stars', () => {
    const options = { literal: false, ignoreCase: false, atStart: false, atEnd: true };
    const start = Date.now();
    expect(findstrPattern(`${'a*'.repeat(50)}b`, options)('a'.repeat(2000))).toBe(false);
    expect(Date.now() - start).toBeLessThan(2000);
  });
});

describe('sort, more, tree, fc', () => {
  it('sort lines blind to case', async () => {
    expect(await rig.output('sort D:\\two.txt')).toBe('Apple\r\nfig 12\r\nPear\r\nplum\r\n');
    expect(await rig.output('type D:\\two.txt | sort /r /+2')).toBe('Apple\r\nplum\r\nfig 12\r\nPear\r\n');
    await rig.output('sort D:\\list.txt /o D:\\sorted.txt');
    expect(await rig.text('D:\\sorted.txt')).toBe('apple\r\nplum\r\n');
  });

  it('join blank lines and start later', async () => {
    expect(await rig.output('more /s +1 D:\\one.txt')).toBe('apple\r\n\r\nfig 12\r\n');
    expect((await rig.run('more D:\\none')).errors).toBe('Cannot access file D:\\none\r\n');
  });

  it('draw folders', async () => {
    expect(await rig.output('tree /f /a D:\\')).toBe(
      'Folder PATH listing for volume Data\r\nD:\\\r\n' +
        '|   list.txt\r\n|   one.txt\r\n|   two.txt\r\n|\r\n\\---sub\r\n        three.txt\r\n\r\n',
    );
    expect((await rig.run('tree D:\\none')).output).toContain(
      'Invalid path - \\NONE\r\nNo subfolders exist \r\n',
    );
  });

  it('compare texts and bytes', async () => {
    expect(await rig.run('fc D:\\one.txt D:\\one.txt')).toEqual({
      exitCode: 0,
      output: 'Comparing files D:\\one.txt and D:\\ONE.TXT\r\nFC: no differences encountered\r\n\r\n',
      errors: '',
    });
    const { exitCode, output } = await rig.run('fc /n D:\\list.txt D:\\sub\\three.txt');
    expect(exitCode).toBe(1);
    expect(output).toContain(
      '***** D:\\list.txt\r\n    1:  apple\r\n    2:  plum\r\n***** D:\\sub\\three.txt\r\n    1:  fig\r\n*****',
    );
    expect((await rig.run('fc /c D:\\list.txt D:\\list.txt')).exitCode).toBe(0);
    expect((await rig.run('fc /b D:\\one.txt D:\\two.txt')).output).toContain('00000006: 61 41\r\n');
    expect((await rig.run('fc D:\\one.txt D:\\none')).errors).toBe(
      'FC: cannot open D:\\NONE - No such file or folder\r\n\r\n',
    );
  });
});

describe('choice and timeout', () => {
  it('give the number of the key', async () => {
    expect(await rig.run('choice /c abc /m Which', 'xB')).toEqual({
      exitCode: 2,
      output: 'Which [A,B,C]?B\r\n',
      errors: '',
    });
    expect((await rig.run('choice /t 10 /d n')).exitCode).toBe(2);
    expect((await rig.run('choice /c aa')).exitCode).toBe(255);
    expect((await rig.run('choice', 'x')).exitCode).toBe(255);
  });

  it('come back at once', async () => {
    const start = Date.now();
    expect((await rig.run('timeout /t 30 /nobreak')).exitCode).toBe(0);
    expect(Date.now() - start).toBeLessThan(5000);
    expect((await rig.run('timeout x')).exitCode).toBe(1);
  });
});
