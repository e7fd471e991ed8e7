import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundleCommand } from './bundle-command.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bundle-command-'));
  for (const folder of ['ci', 'images', 'simulators/words'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(
    join(root, 'ci/main.ts'),
    "import { word } from '../simulators/words/word';\nconsole.log(word as string);\n",
  );
  write("export const word = 'first';");
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (text: string) => writeFileSync(join(root, 'simulators/words/word.ts'), text);
const bundle = () => bundleCommand({ root, entry: 'ci/main.ts', folder: join(root, 'cache') });
const run = (file: string) => execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim();

it('bundles a command once, and anew when a source has changed', async () => {
  const first = await bundle();
  expect(run(first)).toBe('first');
  expect(await bundle()).toBe(first);
  write("export const word = 'second word';");
  const second = await bundle();
  expect(run(second)).toBe('second word');
  expect(run(first)).toBe('first');
});

it('keeps bundles that were used today, also those of other sources: somebody may be about to start one', async () => {
  const old = await bundle();
  write("export const word = 'used';");
  const used = await bundle();
  const daysAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
  for (const file of [old, used]) utimesSync(file, daysAgo, daysAgo);
  expect(await bundle()).toBe(used);
  write("export const word = 'third word';");
  const third = await bundle();
  expect(readdirSync(join(root, 'cache')).sort()).toEqual([used, third].map((file) => basename(file)).sort());
});

it('leaves a source file its own folder', async () => {
  write('export const word = __dirname;');
  expect(run(await bundle())).toBe(join(root, 'simulators/words'));
});

it('makes one bundle where two commands start at once', async () => {
  const [one, other] = await Promise.all([bundle(), bundle()]);
  expect(one).toBe(other);
  expect(run(one)).toBe('first');
});
