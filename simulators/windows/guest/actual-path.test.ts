import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { actualPath } from './actual-path';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'actual-path-'));
  mkdirSync(join(root, 'WINDOWS/system32/Config'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('finds a path in any case', async () => {
  expect(await actualPath(root, '\\Windows\\System32\\config')).toBe(join(root, 'WINDOWS/system32/Config'));
});

it('keeps what is not there as it was asked for', async () => {
  expect(await actualPath(root, '\\Windows\\Boot\\Fonts')).toBe(join(root, 'WINDOWS/Boot/Fonts'));
});
