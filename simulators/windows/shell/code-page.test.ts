import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { encodeInCodePage, isCodePage, toUtf8 } from './code-page';

const upper = Uint8Array.from({ length: 128 }, (_, index) => 128 + index);
const hasIconv = spawnSync('iconv', ['--version']).status === 0;

describe.each([437, 850])('code page %d', (page) => {
  it.skipIf(!hasIconv)('is that of iconv', () => {
    const { stdout } = spawnSync('iconv', ['-f', `CP${page}`, '-t', 'UTF-8'], { input: upper });
    expect(new TextDecoder().decode(toUtf8(upper, page))).toBe(stdout.toString('utf8'));
  });

  it('gives back each of its characters', () => {
    const text = new TextDecoder().decode(toUtf8(upper, page));
    expect(encodeInCodePage(text, page)).toEqual(upper);
  });

  it('has a question mark for others, and ASCII as it is', () => {
    expect(encodeInCodePage('a€😀~\r\n', page)).toEqual(new Uint8Array(Buffer.from('a??~\r\n')));
  });
});

it('65001 is UTF-8, and others are not known', () => {
  expect(encodeInCodePage('ä€', 65_001)).toEqual(new Uint8Array(Buffer.from('ä€')));
  expect([437, 850, 65_001, 1, 932].map(isCodePage)).toEqual([true, true, true, false, false]);
});
