import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { wrap } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Script } from 'node:vm';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleForQuickJs, bundleWithCodeCache } from './bundle';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rescue-lab-bundle-'));
  await writeFile(path.join(folder, 'part.ts'), 'export const part: string = "lazily";\n');
  await writeFile(
    path.join(folder, 'main.ts'),
    `import { basename } from 'node:path';
import fsExtra from 'beside';
export const answer = 42;
void import('./part.js').then(({ part }) => console.log(basename(__filename), fsExtra.name, part, answer));
`,
  );
  await mkdir(path.join(folder, 'node_modules/beside'), { recursive: true });
  await writeFile(path.join(folder, 'node_modules/beside/index.js'), 'exports.name = "beside";\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a bundle with a code cache', () => {
  const program = () => path.join(folder, 'guest.cjs');
  const run = async () => (await execa(process.execPath, [program()])).stdout;

  it('runs as the bundle does, with modules beside it and parts that are loaded later', async () => {
    await bundleWithCodeCache(path.join(folder, 'main.ts'), program(), ['beside']);
    expect(await run()).toBe('guest.js beside lazily 42');
  });

  it('has a cache that this Node.js takes, and goes on without one that it does not take', async () => {
    await bundleWithCodeCache(path.join(folder, 'main.ts'), program(), ['beside']);
    const loader = await readFile(program(), 'utf8');
    const telling = `${loader}\nconsole.log(script.cachedDataRejected);\n`;
    await writeFile(program(), telling);
    expect(await run()).toBe('false\nguest.js beside lazily 42');
    await writeFile(path.join(folder, 'guest.js.cache'), 'of another version');
    expect(await run()).toBe('true\nguest.js beside lazily 42');
  });

  it('has every function in its cache', async () => {
    await bundleWithCodeCache('simulators/disk/regf/index.ts', program());
    const source = wrap(await readFile(path.join(folder, 'guest.js'), 'utf8'));
    const { length } = await readFile(path.join(folder, 'guest.js.cache'));
    // Another text, or V8 would give back what it has compiled a moment ago.
    expect(length).toBeGreaterThan(2 * new Script(`${source}\n`).createCachedData().length);
  });
});

describe('a bundle for QuickJS', () => {
  it.each(['main', 'winload'])('calls nothing that QuickJS 2021-03-27 has not: %s', async (name) => {
    const program = path.join(folder, `${name}.js`);
    await bundleForQuickJs(`simulators/windows/boot-loader/${name}.ts`, program);
    const newer =
      /\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced)\(|Object\.hasOwn|structuredClone/;
    const lines = (await readFile(program, 'utf8')).split('\n');
    expect(lines.filter((line) => newer.test(line))).toEqual([]);
  });
});
