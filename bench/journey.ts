import path from 'node:path';
import { execa } from 'execa';

const projectRoot = path.resolve(__dirname, '..');

/**
 * Runs the main journey by `rescue-lab run`.
 * @param cold every boot walked, none forked or saved
 * @returns seconds from the command to its end, and whether each boot that can be was forked
 */
export async function journey(
  cold: boolean,
): Promise<{ readonly seconds: number; readonly forked: boolean }> {
  const started = performance.now();
  const { all, exitCode } = await execa(
    process.execPath,
    [path.join(projectRoot, 'ci/bin/rescue-lab.mjs'), 'run'],
    {
      all: true,
      reject: false,
      env: { CI: '1', RESCUE_LAB_COLD: cold ? '1' : '' },
    },
  );
  if (exitCode !== 0) throw new Error(`The main journey failed:\n${all.slice(-3000)}`);
  return { seconds: (performance.now() - started) / 1000, forked: !all.includes('booting towards') };
}
