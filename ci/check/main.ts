import { availableParallelism } from 'node:os';
import prettyMs from 'pretty-ms';
import { CHECKS } from './checks';
import { checkLines, runChecks } from './run-checks';

/** `npm run check`: everything that can be said about the code without running it. Exits 1 when a check fails. */
async function main(): Promise<void> {
  const start = performance.now();
  const results = await runChecks(CHECKS, {
    atOnce: availableParallelism(),
    done: (result) => process.stdout.write(checkLines(result)),
  });
  const failed = results.filter(({ ok }) => !ok).map(({ check }) => check.name);
  const time = prettyMs(performance.now() - start);
  const verdict =
    failed.length === 0 ? `All ${results.length} checks passed` : `Failed: ${failed.join(', ')}`;
  process.stdout.write(`${verdict} in ${time}.\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

void main();
