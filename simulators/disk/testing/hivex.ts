import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { HiveKey } from '../regf';

/** A program's output. Without waiting for the others, as exports of large hives take seconds. */
export async function outputOf(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 1 << 28, encoding: 'latin1' });
  return stdout;
}

export const exportOf = (file: string) => outputOf('hivexregedit', ['--export', file, '\\']);

/** `[\path]` and `"value"=type:bytes` lines of hivexregedit, each value line after its key's path. */
export function exportedLines(output: string): string[] {
  let key = '';
  return output.split('\n').flatMap((line) => {
    if (line.startsWith('[')) {
      key = line;
      return [line];
    }
    return /^["@]/.test(line) ? [`${key} ${line}`] : [];
  });
}

/** Our tree in the words of hivexregedit. */
export function listing(key: HiveKey): string[] {
  const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  const head = `[\\${utf8(key.path)}]`;
  const values = key.values().map(({ name, type, data }) => {
    const label = name === '' ? '@' : `"${utf8(name).replace(/[\\"]/g, '\\$&')}"`;
    const bytes = Buffer.from(data)
      .toString('hex')
      .replace(/..(?=.)/g, '$&,');
    const dword = Buffer.from(data).reverse().toString('hex');
    return `${head} ${label}=${type === 4 && data.length === 4 ? `dword:${dword}` : `hex(${type.toString(16)}):${bytes}`}`;
  });
  return [head, ...values, ...key.subkeys().flatMap(listing)];
}

/** The same lines in any order. Shows the first that differs. */
export function expectSame(found: readonly string[], expected: readonly string[]): void {
  const [left, right] = [[...found].sort(), [...expected].sort()];
  const index = left.findIndex((line, at) => line !== right[at]);
  if (index >= 0) expect(left[index]).toBe(right[index]);
  expect(left.length).toBe(right.length);
}
