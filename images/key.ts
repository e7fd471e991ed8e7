import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Recipe } from './recipe';

export const projectRoot = path.resolve(__dirname, '..');

/**
 * The image's key: SHA-256 (hex) over the recipe's name, parameters, source files and the keys of the images it needs.
 * The same key means the same content, up to the versions of Debian's packages at the time of the build.
 */
export function imageKey(recipe: Recipe, root = projectRoot): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([recipe.name, recipe.parameters, process.arch]));
  hashSources(hash, recipe.sources, root);
  for (const need of recipe.needs) {
    hash.update(`\0${need.name}:${imageKey(need, root)}`);
  }
  return hash.digest('hex');
}

/** SHA-256 (hex) over files and folders of the repository, by their paths in it; tests are left out. */
export function sourceDigest(sources: readonly string[], root = projectRoot): string {
  const hash = createHash('sha256');
  hashSources(hash, sources, root);
  return hash.digest('hex');
}

function hashSources(hash: Hash, sources: readonly string[], root: string): void {
  for (const source of sources) {
    for (const file of sourceFiles(path.join(root, source))) {
      hash.update(`\0${path.relative(root, file)}\0`);
      hash.update(readFileSync(file));
    }
  }
}

function sourceFiles(file: string): string[] {
  if (statSync(file).isFile()) {
    return [file];
  }
  return readdirSync(file)
    .sort()
    .filter((name) => !/\.test\.ts$|^testing$|^bench$|^node_modules$/.test(name))
    .flatMap((name) => sourceFiles(path.join(file, name)));
}
