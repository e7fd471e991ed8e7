import { utimes } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ShellRig } from '../shell/testing/shell-rig';
import { systemPrograms } from '.';

let rig: ShellRig;
beforeEach(async () => {
  rig = await ShellRig.create(systemPrograms(async () => []));
  await rig.put({ 'D:\\a\\1.txt': 'one', 'D:\\a\\sub\\2.txt': 'two', 'D:\\a\\h.txt': 'hidden' });
  await rig.output('md D:\\a\\empty & attrib +h D:\\a\\h.txt');
});
afterEach(() => rig[Symbol.asyncDispose]());

describe('xcopy', () => {
  it('copies trees, without hidden files and empty folders unless told to', async () => {
    expect(await rig.run('xcopy D:\\a D:\\b /s /i')).toEqual({
      exitCode: 0,
      output: 'D:\\a\\1.txt\r\nD:\\a\\sub\\2.txt\r\n2 File(s) copied\r\n',
      errors: '',
    });
    expect([rig.has('D:\\b\\empty'), rig.has('D:\\b\\h.txt')]).toEqual([false, false]);
    expect(await rig.output('xcopy D:\\a D:\\c /e/h/i/k/q')).toBe('3 File(s) copied\r\n');
    expect([rig.has('D:\\c\\empty'), rig.has('D:\\c\\h.txt')]).toEqual([true, true]);
    expect(await rig.output('attrib D:\\c\\h.txt')).toMatch(/^A {3}H {16}D:\\c\\h\.txt/);
  });

  it('asks what a new name is, and before it overwrites', async () => {
    expect((await rig.run('xcopy D:\\a\\1.txt D:\\copy.txt', 'xF')).output).toBe(
      'Does D:\\copy.txt specify a file name\r\nor directory name on the target\r\n(F = file, D = directory)?F\r\n' +
        'D:\\a\\1.txt\r\n1 File(s) copied\r\n',
    );
    expect(await rig.text('D:\\copy.txt')).toBe('one');
    expect((await rig.run('xcopy D:\\a\\sub\\2.txt D:\\copy.txt', 'n')).output).toBe(
      'Overwrite D:\\copy.txt (Yes/No/All)? n\r\n0 File(s) copied\r\n',
    );
    expect(await rig.output('xcopy D:\\a\\sub\\2.txt D:\\copy.txt /y')).toContain('1 File(s) copied');
    expect(await rig.text('D:\\copy.txt')).toBe('two');
  });

  it.each([
    ['xcopy D:\\none D:\\b', 'File not found - none\r\n', '0 File(s) copied\r\n'],
    ['xcopy D:\\a D:\\a\\inside /s /i', 'Cannot perform a cyclic copy\r\n', '0 File(s) copied\r\n'],
    ['xcopy', 'Invalid number of parameters\r\n', ''],
    ['xcopy D:\\a D:\\b /ß', 'Invalid switch - /ß\r\n', ''],
  ])('refuses %s with 4', async (command, errors, output) => {
    expect(await rig.run(command)).toEqual({ exitCode: 4, output, errors });
  });
});

describe('robocopy', () => {
  it('copies what is new and says what it did', async () => {
    const first = await rig.run('robocopy D:\\a D:\\b /e /r:1 /w:1');
    expect(first.exitCode).toBe(1);
    expect(first.output).toContain('   Source : D:\\a\\\r\n     Dest : D:\\b\\\r\n');
    expect(first.output).toContain('  Options : *.* /S /E /R:1 /W:1 \r\n');
    expect(first.output).toContain('\t    New File  \t\t       3\t1.txt\r\n');
    expect(first.output).toMatch(/ {4}Dirs : {9}3 {9}3 {9}0 {9}0 {9}0 {9}0\r\n/);
    expect(first.output).toMatch(/ {3}Files : {9}3 {9}3 {9}0 {9}0 {9}0 {9}0\r\n/);
    expect(first.output).toMatch(/ {3}Bytes : {8}12 {8}12 {9}0 {9}0 {9}0 {9}0\r\n/);
    expect(await rig.output('attrib D:\\b\\h.txt')).toMatch(/^A {3}H/);
    expect((await rig.run('robocopy D:\\a D:\\b /e')).exitCode).toBe(0);
  });

  it('mirrors: newer files go over, extra ones go away', async () => {
    await rig.run('robocopy D:\\a D:\\b /e');
    await rig.put({ 'D:\\b\\extra.txt': 'x', 'D:\\b\\more\\y.txt': 'y', 'D:\\a\\1.txt': 'changed' });
    await utimes(rig.real('D:\\a\\1.txt'), new Date(), new Date(Date.now() + 60_000));
    const { exitCode, output } = await rig.run('robocopy D:\\a D:\\b /mir /njh');
    expect(exitCode).toBe(3);
    expect(output).toContain('\t       Newer  \t\t       7\t1.txt\r\n');
    expect(output).toContain('\t *EXTRA File  \t\t       1\textra.txt\r\n');
    expect([rig.has('D:\\b\\extra.txt'), rig.has('D:\\b\\more')]).toEqual([false, false]);
    expect(await rig.text('D:\\b\\1.txt')).toBe('changed');
  });

  it('lists only, leaves out, moves, and writes a log', async () => {
    await rig.run('robocopy D:\\a D:\\b /e /l');
    expect(rig.has('D:\\b')).toBe(false);
    await rig.run('robocopy D:\\a D:\\b *.txt /s /xf h.txt /xd sub');
    expect([rig.has('D:\\b\\1.txt'), rig.has('D:\\b\\h.txt'), rig.has('D:\\b\\sub')]).toEqual([
      true,
      false,
      false,
    ]);
    const { output } = await rig.run('robocopy D:\\a D:\\c 1.txt /mov /log:D:\\run.log');
    expect(output).toBe('\r\n Log File : D:\\run.log\r\n');
    expect(await rig.text('D:\\run.log')).toContain('Robust File Copy for Windows');
    expect([rig.has('D:\\a\\1.txt'), rig.has('D:\\c\\1.txt')]).toEqual([false, true]);
  });

  it('ends with 16 where it cannot begin', async () => {
    const missing = await rig.run('robocopy D:\\none D:\\b');
    expect(missing.exitCode).toBe(16);
    expect(missing.output).toMatch(
      /\r\n\d{4}(\/\d\d){2} \d\d(:\d\d){2} ERROR 2 \(0x00000002\) Accessing Source Directory D:\\none\\\r\n/,
    );
    expect((await rig.run('robocopy D:\\a')).exitCode).toBe(16);
    expect((await rig.run('robocopy D:\\a D:\\b /huh')).output).toContain('Invalid Parameter #3 : "/huh"');
  });
});
