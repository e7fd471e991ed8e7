import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** One tool of `npm run check`. */
export interface Check {
  readonly name: string;
  /** What it holds. */
  readonly purpose: string;
  /** Program of this repository and its arguments. */
  readonly command: readonly string[];
}

const bin = (name: string): string => join('node_modules/.bin', name);
const root = join(__dirname, '../..');
/** An empty room is not in a clone. */
const SOURCES = ['steps', 'simulators', 'images', 'guides', 'ci', 'bench'].filter((room) =>
  existsSync(join(root, room)),
);

/** Slowest first, so that the short ones fill the second core. */
export const CHECKS: readonly Check[] = [
  { name: 'types', purpose: 'strict type check', command: [bin('tsc'), '--noEmit', '-p', '.'] },
  {
    name: 'dead exports',
    purpose: 'nothing unused',
    command: [bin('knip'), '--no-progress', '--no-config-hints'],
  },
  {
    name: 'boundaries',
    purpose: 'import boundaries of the house',
    command: [bin('depcruise'), '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...SOURCES],
  },
  { name: 'set-up types', purpose: 'types of the plain JavaScript', command: [bin('tsc'), '-p', 'ci/setup'] },
  {
    name: 'format and lint',
    purpose: 'biome',
    command: [bin('biome'), 'check', '--error-on-warnings', '--colors=off', '.'],
  },
  {
    name: 'Gherkin',
    purpose: 'house rules for scenarios',
    command: [process.execPath, '-r', 'ts-node/register', 'ci/gherkin-lint/main.ts'],
  },
  {
    name: 'steps',
    purpose: 'no step undefined or ambiguous',
    command: [process.execPath, '-r', 'ts-node/register', 'ci/check/dry-run.ts'],
  },
];
