import pLimit from 'p-limit';
import prettyMs from 'pretty-ms';
import { type Run, runCommand } from '../setup/run-command.mjs';
import type { Check } from './checks';

export interface CheckResult {
  readonly check: Check;
  readonly ok: boolean;
  /** Milliseconds. */
  readonly duration: number;
  /** What the tool said. */
  readonly output: string;
}

/** Runs checks side by side, at most `atOnce` together, and says of each when it is done. */
export async function runChecks(
  checks: readonly Check[],
  options: { atOnce: number; run?: Run; done: (result: CheckResult) => void },
): Promise<CheckResult[]> {
  const { atOnce, run = runCommand, done } = options;
  const limit = pLimit(atOnce);
  return Promise.all(
    checks.map((check) =>
      limit(async () => {
        const start = performance.now();
        const { code, stdout, stderr } = await run(check.command);
        const output = [stdout.trim(), stderr.trim()].filter((text) => text !== '').join('\n');
        const result = { check, ok: code === 0, duration: performance.now() - start, output };
        done(result);
        return result;
      }),
    ),
  );
}

/** `✓ types            strict type check  9.1s`, and below a failed one what its tool said. */
export function checkLines({ check, ok, duration, output }: CheckResult): string {
  const line = `${ok ? '✓' : '✗'} ${check.name.padEnd(16)} ${check.purpose}  ${prettyMs(duration)}`;
  return ok ? `${line}\n` : `${line}\n${output.replace(/^/gm, '    ')}\n`;
}
