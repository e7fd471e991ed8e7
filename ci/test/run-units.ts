import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type UnitCounts, unitCounts } from './unit-counts';

const root = join(__dirname, '../..');

/**
 * Runs all unit tests with vitest in a process of its own, which ends with this one. `environment` names the Linux that
 * tests of real machines boot; without it they skip themselves.
 */
export async function runUnits(
  runFolder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<UnitCounts> {
  const output = join(runFolder, 'units.json');
  const child = spawn(
    process.execPath,
    [
      ...['-r', join(root, 'ci/setup/parent-guard.cjs')],
      ...[join(root, 'node_modules/vitest/vitest.mjs'), 'run'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
    ],
    {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
  return unitCounts(readIfThere(output), exitCode);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
