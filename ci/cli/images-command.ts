import { Command } from 'commander';
import prettyBytes from 'pretty-bytes';
import prettyMs from 'pretty-ms';
import {
  allRecipes,
  type ImageState,
  ImageStore,
  labRecipes,
  type Recipe,
  workstationImage,
} from '../../images';
import { pruneContainerImages } from '../../simulators/workstation';
import { ExitCode } from '../setup/exit-codes.mjs';

/** `rescue-lab images list|build|verify|prune`: the images that machines boot. */
export function imagesCommand(): Command {
  const images = new Command('images').description(
    'List, build, verify and prune the images that machines boot.',
  );
  images
    .command('list')
    .description('Say which images there are, whether they are built, and how large they are.')
    .option('--json', 'print one JSON array on one line')
    .action(async ({ json }: { json?: boolean }) => list(json === true));
  images
    .command('build')
    .description('Build images, and those they need, unless they are there.')
    .argument('[names...]', 'names as in `images list`; those that every lab needs when none is given')
    .action(build);
  images
    .command('verify')
    .description('Compare every file of the built images with the manifest written when they were built.')
    .argument(
      '[names...]',
      'names as in `images list`; when none is given, all that are built or that every lab needs',
    )
    .action(verify);
  images
    .command('prune')
    .description('Remove images that no recipe of this version names, and what killed builds left behind.')
    .action(prune);
  return images;
}

async function list(json: boolean): Promise<void> {
  const store = new ImageStore();
  const states = await Promise.all(allRecipes.map((recipe) => store.state(recipe)));
  process.stdout.write(json ? `${JSON.stringify(states)}\n` : table(states));
}

async function build(names: readonly string[]): Promise<void> {
  const store = new ImageStore();
  const start = performance.now();
  const recipes = named(names);
  for (const recipe of recipes) await store.ensure(recipe, (line) => process.stdout.write(`${line}\n`));
  process.stdout.write(`${recipes.length} images are there after ${prettyMs(performance.now() - start)}.\n`);
}

async function verify(names: readonly string[]): Promise<void> {
  const store = new ImageStore();
  let problems = 0;
  for (const recipe of names.length === 0 ? allRecipes : named(names)) {
    // Not every machine has a use for it: it is missing only where it was asked for.
    const optional = names.length === 0 && !labRecipes.includes(recipe);
    if (optional && !(await store.state(recipe)).built) continue;
    const found = await store.verify(recipe);
    problems += found.length;
    const lines = found.length === 0 ? [`✓ ${recipe.name}`] : found.map((problem) => `✗ ${problem}`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  process.exitCode = problems === 0 ? ExitCode.ok : ExitCode.failed;
}

async function prune(): Promise<void> {
  const { name } = await workstationImage(() => undefined);
  const removed = [...(await new ImageStore().prune(allRecipes)), ...(await pruneContainerImages(name))];
  for (const path of removed) process.stdout.write(`removed ${path}\n`);
  process.stdout.write(removed.length === 0 ? 'Nothing to prune.\n' : `${removed.length} removed.\n`);
}

function named(names: readonly string[]): readonly Recipe[] {
  if (names.length === 0) return labRecipes;
  return names.map((name) => {
    const recipe = allRecipes.find((candidate) => candidate.name === name);
    if (recipe) return recipe;
    throw new Error(
      `There is no image "${name}"; there are: ${allRecipes.map((known) => known.name).join(', ')}.`,
    );
  });
}

function table(states: readonly ImageState[]): string {
  const rows = states.map(({ name, summary, built }) => {
    const bytes = built?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
    const state = built ? `${prettyBytes(bytes)}, built in ${prettyMs(built.seconds * 1000)}` : 'not built';
    return { mark: built ? '✓' : ' ', name, state, summary };
  });
  const width = (pick: (row: (typeof rows)[number]) => string): number =>
    Math.max(0, ...rows.map((row) => pick(row).length));
  const [names, sizes] = [width(({ name }) => name), width(({ state }) => state)];
  return rows
    .map(
      ({ mark, name, state, summary }) =>
        `${mark} ${name.padEnd(names)}  ${state.padEnd(sizes)}  ${summary}\n`,
    )
    .join('');
}
