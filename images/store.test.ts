import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Recipe } from './recipe';
import { cacheDirectory, ImageStore } from './store';
import { logRecipe } from './testing/log-recipe';

let folder: string;
let cache: string;
let log: string;
let store: ImageStore;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-images-'));
  cache = path.join(folder, 'cache');
  log = path.join(folder, 'builds');
  store = new ImageStore(cache);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const quiet = () => undefined;
const builders = () => readFileSync(log, 'utf8').trim().split('\n').map(Number);
const left = (part: string) =>
  existsSync(path.join(cache, part)) ? readdirSync(path.join(cache, part)) : [];

describe('cacheDirectory', () => {
  it.each([
    [{ RESCUE_LAB_CACHE: '/a', XDG_CACHE_HOME: '/b' }, '/a'],
    [{ XDG_CACHE_HOME: '/b' }, '/b/rescue-lab'],
    [{ RESCUE_LAB_CACHE: '', XDG_CACHE_HOME: '/b' }, '/b/rescue-lab'],
    [{ RESCUE_LAB_CACHE: '', XDG_CACHE_HOME: '' }, path.join(os.homedir(), '.cache/rescue-lab')],
  ])('%o is %s', (environment, directory) => {
    expect(cacheDirectory(environment)).toBe(directory);
  });
});

describe('ImageStore.ensure', () => {
  it('builds an image into a folder named after its key, with a manifest', async () => {
    const recipe = logRecipe(log);
    expect((await store.state(recipe)).built).toBeUndefined();
    const directory = await store.ensure(recipe, quiet);
    const { key, built, ...state } = await store.state(recipe);
    expect(directory).toBe(path.join(cache, 'images', `log-${key.slice(0, 20)}`));
    expect(state).toEqual({ name: 'log', summary: 'an image that takes no time', directory });
    expect(built).toMatchObject({ name: 'log', key });
    expect(built?.files.map((file) => file.path)).toEqual(['first', 'second']);
    expect(readFileSync(path.join(directory, 'second'), 'utf8')).toBe(`second half by ${process.pid}`);
    expect(left('images')).toEqual([path.basename(directory)]);
    expect(left('building')).toEqual([]);
  });

  it('builds once, and again only when the recipe has changed', async () => {
    const recipe = logRecipe(log);
    const first = await store.ensure(recipe, quiet);
    expect(await store.ensure(recipe, quiet)).toBe(first);
    expect(await new ImageStore(cache).ensure(logRecipe(log), quiet)).toBe(first);
    expect(builders()).toHaveLength(1);
    expect(await store.ensure({ ...recipe, parameters: 2 }, quiet)).not.toBe(first);
    expect(builders()).toHaveLength(2);
  });

  it('builds what an image needs before it, and shows it where that is', async () => {
    const below: Recipe = { ...logRecipe(log), name: 'below' };
    let seen = '';
    const above: Recipe = {
      ...logRecipe(log),
      name: 'above',
      needs: [below],
      async build(context) {
        seen = readFileSync(path.join(context.image(below), 'first'), 'utf8');
      },
    };
    await store.ensure(above, quiet);
    expect(seen).toBe(`first half by ${process.pid}`);
    expect(
      left('images')
        .map((name) => name.replace(/-.*/, ''))
        .sort(),
    ).toEqual(['above', 'below']);
  });

  it('says what failed with the last lines of the tool, keeps nothing of it, and tries again the next time', async () => {
    const failing: Recipe = {
      ...logRecipe(log),
      build: async ({ run, temp, out }) => {
        writeFileSync(path.join(temp, 'scratch'), 'x');
        writeFileSync(path.join(out, 'half'), 'x');
        await run('sh', ['-c', 'echo one; echo "disk is full" >&2; exit 3']);
      },
    };
    await expect(store.ensure(failing, quiet)).rejects.toThrow(
      /^Failed to build the image log: Command failed with exit code 3: sh -c .*\(disk is full\)\. Run `npx rescue-lab doctor` to see what this machine lacks\.$/s,
    );
    expect(left('images')).toEqual([]);
    expect(left('building')).toEqual([]);
    await store.ensure(logRecipe(log), quiet);
    expect(await store.verify(logRecipe(log))).toEqual([]);
  });

  it('makes an image anew whose manifest is gone', async () => {
    const recipe = logRecipe(log);
    const directory = await store.ensure(recipe, quiet);
    rmSync(path.join(directory, 'manifest.json'));
    writeFileSync(path.join(directory, 'stranger'), '');
    await store.ensure(recipe, quiet);
    expect(readdirSync(directory).sort()).toEqual(['first', 'manifest.json', 'second']);
  });
});

describe('ImageStore with builders in other processes', () => {
  const processes: ChildProcess[] = [];
  afterEach(() => {
    for (const child of processes.splice(0)) child.kill('SIGKILL');
  });

  /** A builder process; `line()` is the next line it says. */
  function startBuilder() {
    const script = path.join(__dirname, 'testing/builder.ts');
    const child = spawn(process.execPath, ['--require', 'ts-node/register', script, cache, log], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    processes.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string> => String((await lines.next()).value);
    return { child, line, goOn: () => child.stdin.write('go on\n') };
  }

  it('lets a second builder wait for the first and take its image', async () => {
    const first = startBuilder();
    expect(await first.line()).toBe('starting');
    expect(await first.line()).toBe('half made');
    const second = startBuilder();
    expect(await second.line()).toBe('starting');
    const third = store.ensure(logRecipe(log), quiet);
    // None of them takes what is not finished.
    expect(left('images').filter((name) => !name.endsWith('.lock'))).toEqual([]);
    first.goOn();
    const directory = await first.line();
    expect(await second.line()).toBe(directory);
    expect(await third).toBe(directory);
    expect(builders()).toEqual([first.child.pid]);
    expect(await store.verify(logRecipe(log))).toEqual([]);
    expect(readFileSync(path.join(directory, 'second'), 'utf8')).toBe(`second half by ${first.child.pid}`);
  });

  it('leaves nothing half-made when a builder is killed; the next one clears what is left and builds', async () => {
    const killed = startBuilder();
    await killed.line();
    expect(await killed.line()).toBe('half made');
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    const recipe = logRecipe(log);
    expect((await store.state(recipe)).built).toBeUndefined();
    expect(await store.verify(recipe)).toEqual(['log is not built.']);
    expect(left('building')).toHaveLength(1);
    const stranger = path.join(cache, 'building', 'other-0123456789abcdef0123-1-abcd');
    mkdirSync(stranger);

    const [lock = ''] = left('images');
    expect(lock).toMatch(/\.lock$/);
    // As it is half a minute later: a living builder would have renewed its lock.
    const past = new Date(Date.now() - 31_000);
    utimesSync(path.join(cache, 'images', lock), past, past);
    const directory = await store.ensure(recipe, quiet);
    expect(await store.verify(recipe)).toEqual([]);
    expect(builders()).toEqual([killed.child.pid, process.pid]);
    expect(readFileSync(path.join(directory, 'first'), 'utf8')).toBe(`first half by ${process.pid}`);
    // What others are building is theirs.
    expect(left('building')).toEqual([path.basename(stranger)]);
  });

  it('prunes what a killed builder left, and nothing of one that is at work', async () => {
    const killed = startBuilder();
    await killed.line();
    await killed.line();
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    const [remains = ''] = left('building');
    const atWork = path.join(cache, 'building', `log-0123456789abcdef0123-${process.pid}-abcd`);
    mkdirSync(atWork);
    expect(await store.prune([])).toContain(path.join(cache, 'building', remains));
    expect(left('building')).toEqual([path.basename(atWork)]);
  });
});

describe('ImageStore.verify', () => {
  it('finds a damaged file of a built image', async () => {
    const recipe = logRecipe(log);
    const directory = await store.ensure(recipe, quiet);
    writeFileSync(path.join(directory, 'second'), 'something else');
    expect(await store.verify(recipe)).toEqual([expect.stringMatching(/^log: second has changed since/)]);
  });
});

describe('ImageStore.prune', () => {
  it('removes images of earlier recipes and keeps the present ones', async () => {
    const earlier = await store.ensure({ ...logRecipe(log), parameters: 'earlier' }, quiet);
    const present = logRecipe(log);
    const kept = await store.ensure(present, quiet);
    expect(await store.prune([present])).toEqual([earlier]);
    expect(left('images')).toEqual([path.basename(kept)]);
    expect(await store.verify(present)).toEqual([]);
    expect(await store.prune([present])).toEqual([]);
  });

  it('has nothing to do in a cache that is not there', async () => {
    expect(await store.prune([])).toEqual([]);
  });
});
