import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { allRecipes } from '../index';
import { projectRoot } from '../key';
import type { Recipe } from '../recipe';
import { kernel } from './kernel';

/** The files in this folder that a recipe names as its sources: the one that it stands in. */
const ownFiles = ({ sources }: Recipe): string[] =>
  sources.filter((source) => /^images\/recipes\/[\w-]+\.ts$/.test(source));
const recipeFiles = [...new Set(allRecipes.flatMap(ownFiles))];

/** Every file of the repository that is read when this one is run. */
async function reads(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}

/** What a recipe bundles for a guest, and what it copies as it is. */
function takenBy(recipeFile: string): { bundled: string[]; copied: string[] } {
  const text = readFileSync(path.join(projectRoot, recipeFile), 'utf8');
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);
  const files = all(/path\.join\(files, '([^']+)'/g).map((name) => `images/files/${name}`);
  const named = all(/projectRoot, '([^']+)'/g).filter((name) => name !== 'images/files');
  return { bundled: all(/bundleFor\w+\(\s*'([^']+)'/g), copied: [...named, ...files] };
}

const allSources = ({ sources, needs }: Recipe): readonly string[] => [
  ...sources,
  ...needs.flatMap(allSources),
];

describe('the key of an image', () => {
  it.each(allRecipes)('covers the file of its own recipe: $name', (recipe) => {
    expect(ownFiles(recipe)).toHaveLength(1);
  });

  it.each(recipeFiles)('covers all that is read to build it: %s', async (file) => {
    const { bundled, copied } = takenBy(file);
    const read = [...(await Promise.all([file, ...bundled].map(reads))).flat(), ...copied];
    const sources = allRecipes.filter((recipe) => ownFiles(recipe).includes(file)).flatMap(allSources);
    const covered = (entry: string) =>
      sources.some((source) => entry === source || entry.startsWith(`${source}/`));
    // The key itself; types; what ends up in the parameters: the version of Node.js, values of another recipe's file.
    const elsewhere = ['images/key.ts', 'images/recipe.ts', 'images/node-binary.ts', ...recipeFiles];
    expect(read.filter((entry) => !covered(entry) && !elsewhere.includes(entry))).toEqual([]);
  });
});

describe("the kernel's modules", () => {
  const named = allRecipes
    .filter((recipe) => recipe !== kernel)
    .flatMap(({ parameters }) => {
      type Lists = readonly string[] | Readonly<Record<string, readonly string[]>>;
      const { modules = [] } = parameters as { readonly modules?: Lists };
      return Object.values(modules).flat();
    });

  it('are those that the other images name', () => {
    const { modules } = kernel.parameters as { modules: readonly string[] };
    expect([...modules].sort()).toEqual([...new Set(named)].sort());
  });
});
