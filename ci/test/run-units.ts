import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProbePayload } from '../../simulators/vm';
import type { Counts } from '../messages';
import { unitCounts } from './unit-counts';

const root = join(__dirname, '../..');

/**
 * Runs all unit tests with vitest in a process of its own, which ends with this one. `guest` is the Linux that tests of
 * real machines boot; without it they skip themselves.
 */
export async function runUnits(runFolder: string, guest?: Required<ProbePayload>): Promise<Counts> {
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
      env: { ...process.env, ...(guest && guestEnvironment(guest)) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
  return unitCounts(readIfThere(output), exitCode);
}

/** The names that simulators/vm/testing reads. */
function guestEnvironment({ kernel, initrd, marker }: Required<ProbePayload>): Record<string, string> {
  return { RESCUE_LAB_TEST_KERNEL: kernel, RESCUE_LAB_TEST_INITRD: initrd, RESCUE_LAB_TEST_MARKER: marker };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
