import { z } from 'zod';
import type { Counts } from '../messages';

/** The part of vitest's JSON report (the format of Jest's) that is needed here. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/**
 * Counts a finished unit run. A file that could not be loaded counts as one failure, and so does a bad exit that no
 * test explains (an unhandled rejection, a crash) and a run without any test.
 */
export function unitCounts(report: string | undefined, exitCode: number): Counts {
  const files = report === undefined ? [] : reportSchema.parse(JSON.parse(report)).testResults;
  const statuses = files.flatMap((file) => file.assertionResults.map(({ status }) => status));
  const passed = statuses.filter((status) => status === 'passed').length;
  const failedTests = statuses.filter((status) => status === 'failed').length;
  const skipped = statuses.length - passed - failedTests;
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  const failed = failedTests + brokenFiles;
  const unexplained = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + unexplained, skipped };
}
