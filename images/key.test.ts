import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imageKey } from './key';
import type { Recipe } from './recipe';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-key-'));
  put('recipe.ts', 'export const recipe = 1;');
  put('guest/main.ts', 'print()');
  put('guest/deep/part.ts', 'part()');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const recipe = (more: Partial<Recipe> = {}): Recipe => ({
  name: 'fake',
  summary: 'a fake image',
  needs: [],
  sources: ['recipe.ts', 'guest'],
  parameters: { packages: ['one'] },
  build: async () => undefined,
  ...more,
});
const key = (more: Partial<Recipe> = {}) => imageKey(recipe(more), root);

describe('imageKey', () => {
  it('is the same for the same recipe, wherever the project lies', () => {
    const before = key();
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    const moved = `${root}-moved`;
    renameSync(root, moved);
    try {
      expect(imageKey(recipe({ summary: 'in other words' }), moved)).toBe(before);
    } finally {
      renameSync(moved, root);
    }
  });

  it('changes with a source file: its content, its name, its coming and going, also deep in a folder', () => {
    const seen = [key()];
    put('guest/deep/part.ts', 'part(2)');
    seen.push(key());
    renameSync(path.join(root, 'guest/deep/part.ts'), path.join(root, 'guest/deep/piece.ts'));
    seen.push(key());
    put('guest/deep/another.ts', '');
    seen.push(key());
    put('recipe.ts', 'export const recipe = 2;');
    seen.push(key());
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('tells files apart that together hold the same text', () => {
    const before = key();
    put('guest/deep/part.ts', 'part()print()');
    put('guest/main.ts', '');
    expect(key()).not.toBe(before);
  });

  it('does not change with tests and what only they use', () => {
    const before = key();
    put('guest/main.test.ts', 'expect(1)');
    put('guest/testing/fixture.ts', 'fixture()');
    put('guest/bench/main.ts', 'measure()');
    expect(key()).toBe(before);
  });

  it('changes with the name and the parameters', () => {
    const keys = [key(), key({ name: 'other' }), key({ parameters: { packages: ['one', 'two'] } })];
    expect(new Set(keys).size).toBe(3);
  });

  it('changes with an image that it needs, and with one that this one needs', () => {
    const of = (size: number) => {
      const kernel = recipe({ name: 'kernel', parameters: { size } });
      return key({ needs: [recipe({ name: 'initrd', needs: [kernel] })] });
    };
    expect(of(1)).toBe(of(1));
    expect(new Set([key(), of(1), of(2)]).size).toBe(3);
  });

  it('fails on a source that is not there', () => {
    expect(() => key({ sources: ['recipes.ts'] })).toThrow(path.join(root, 'recipes.ts'));
  });
});
