import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import prettyBytes from 'pretty-bytes';
import prettyMs from 'pretty-ms';
import { lock } from 'proper-lockfile';
import { imageKey } from './key';
import { type Manifest, manifestOf, verifyManifest } from './manifest';
import type { BuildContext, Recipe } from './recipe';

/** `$RESCUE_LAB_CACHE`, else `rescue-lab` in the user's cache directory. An empty variable is one that is not set. */
export function cacheDirectory(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const { RESCUE_LAB_CACHE, XDG_CACHE_HOME } = environment;
  return RESCUE_LAB_CACHE || path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'rescue-lab');
}

/** A lock that was not renewed for so long (ms) belongs to a builder that was killed. */
const staleLock = 30_000;

export interface ImageState {
  readonly name: string;
  readonly summary: string;
  readonly key: string;
  readonly directory: string;
  readonly built: Manifest | undefined;
}

export type Progress = (line: string) => void;

/**
 * Content-addressed store of built images: one directory per key, made under another name and renamed into place, so
 * that a killed build leaves nothing half-made; a lock per key makes a second builder wait for the first.
 */
export class ImageStore {
  readonly #images: string;
  readonly #building: string;
  readonly #keys = new Map<Recipe, string>();

  constructor(readonly directory: string = cacheDirectory()) {
    this.#images = path.join(directory, 'images');
    this.#building = path.join(directory, 'building');
  }

  directoryOf(recipe: Recipe): string {
    return path.join(this.#images, `${recipe.name}-${this.#key(recipe).slice(0, 20)}`);
  }

  /** Keys are taken once: a source file edited during a run changes the next run's images, not half of this one's. */
  #key(recipe: Recipe): string {
    const key = this.#keys.get(recipe) ?? imageKey(recipe);
    this.#keys.set(recipe, key);
    return key;
  }

  async state(recipe: Recipe): Promise<ImageState> {
    const directory = this.directoryOf(recipe);
    return {
      name: recipe.name,
      summary: recipe.summary,
      key: this.#key(recipe),
      directory,
      built: await readManifest(directory),
    };
  }

  /** Builds the image and those it needs, unless they are there. Returns its directory. */
  async ensure(recipe: Recipe, progress: Progress): Promise<string> {
    for (const need of recipe.needs) {
      await this.ensure(need, progress);
    }
    const directory = this.directoryOf(recipe);
    if (existsSync(path.join(directory, 'manifest.json'))) {
      return directory;
    }
    await mkdir(this.#images, { recursive: true });
    await mkdir(this.#building, { recursive: true });
    const release = await lock(directory, {
      realpath: false,
      stale: staleLock,
      retries: { forever: true, minTimeout: 200, maxTimeout: 1000 },
    });
    try {
      if (!existsSync(path.join(directory, 'manifest.json'))) {
        await this.#build(recipe, directory, progress);
      }
    } finally {
      await release();
    }
    return directory;
  }

  /** Compares every file of a built image with its manifest. Returns the sentences of what is wrong. */
  async verify(recipe: Recipe): Promise<string[]> {
    const directory = this.directoryOf(recipe);
    const manifest = await readManifest(directory);
    return manifest ? verifyManifest(directory, manifest) : [`${recipe.name} is not built.`];
  }

  /** Removes images that no given recipe names, and what dead builders left. Returns the removed paths. */
  async prune(recipes: readonly Recipe[]): Promise<string[]> {
    const keep = new Set(recipes.map((recipe) => path.basename(this.directoryOf(recipe))));
    const removed: string[] = [];
    for (const name of await readdir(this.#images).catch(() => [])) {
      if (!keep.has(name.replace(/\.lock$/, ''))) {
        removed.push(path.join(this.#images, name));
      }
    }
    for (const name of await readdir(this.#building).catch(() => [])) {
      if (!isAlive(Number(name.split('-').at(-2)))) {
        removed.push(path.join(this.#building, name));
      }
    }
    for (const file of removed) {
      await rm(file, { recursive: true, force: true });
    }
    return removed;
  }

  /** Who holds an image's lock is its only builder: whatever else was begun for it was left by one that was killed. */
  async #clearKilledBuilds(image: string): Promise<void> {
    for (const name of await readdir(this.#building)) {
      if (name.startsWith(`${image}-`)) {
        await rm(path.join(this.#building, name), { recursive: true, force: true });
      }
    }
  }

  async #build(recipe: Recipe, directory: string, progress: Progress): Promise<void> {
    const started = performance.now();
    const image = path.basename(directory);
    await this.#clearKilledBuilds(image);
    const work = path.join(this.#building, `${image}-${process.pid}-${randomBytes(4).toString('hex')}`);
    const out = path.join(work, 'out');
    const temp = path.join(work, 'temp');
    await mkdir(out, { recursive: true });
    await mkdir(temp, { recursive: true });
    progress(`${recipe.name}: building (${recipe.summary})`);
    const context: BuildContext = {
      out,
      temp,
      key: this.#key(recipe),
      image: (need) => this.directoryOf(need),
      run: (command, args, options) => execa(command, args, { stdin: 'ignore', ...options }),
      progress: (text) => progress(`${recipe.name}: ${text}`),
    };
    try {
      await recipe.build(context);
      const seconds = (performance.now() - started) / 1000;
      const manifest = await manifestOf(out, { name: recipe.name, key: this.#key(recipe), seconds });
      await writeFile(path.join(out, 'manifest.json'), JSON.stringify(manifest, undefined, 2));
      // Without a manifest it is no image, only in the way.
      await rm(directory, { recursive: true, force: true });
      await rename(out, directory);
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
      progress(`${recipe.name}: built in ${prettyMs(seconds * 1000)}, ${prettyBytes(bytes)}`);
    } catch (cause) {
      throw new Error(
        `Failed to build the image ${recipe.name}: ${firstLine(cause)}. Run \`npx rescue-lab doctor\` to see what this machine lacks.`,
        { cause },
      );
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
}

function firstLine(error: unknown): string {
  const text =
    error instanceof Error
      ? ((error as { shortMessage?: string }).shortMessage ?? error.message)
      : String(error);
  const stderr = (error as { stderr?: unknown }).stderr;
  const detail = typeof stderr === 'string' ? stderr.trim().split('\n').slice(-3).join(' / ') : '';
  return detail ? `${text} (${detail})` : text;
}

async function readManifest(directory: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(path.join(directory, 'manifest.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
