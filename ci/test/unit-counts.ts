import { z } from 'zod';
import type { Counts } from '../messages';

type TestFile = z.infer<typeof reportSchema>['testResults'][number];

/** The part of vitest's JSON report (the format of Jest's) that is needed here. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      /** What kept the whole file from being loaded. */
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string().optional(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

export interface UnitCounts extends Counts {
  /** File, test and message of each failure that has them. */
  readonly failures: readonly string[];
}

/** A failure's message is repeated up to here; the whole of it stands where the test ran. */
const MESSAGE_LINES = 12;

/**
 * Counts a finished unit run. A file that could not be loaded counts as one failure, and so does a bad exit that no
 * test explains (an unhandled rejection, a crash) and a run without any test.
 */
export function unitCounts(report: string | undefined, exitCode: number): UnitCounts {
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
  return { passed, failed: failed + unexplained, skipped, failures: files.flatMap(failuresOf) };
}

function failuresOf({ name, status, message = '', assertionResults }: TestFile): string[] {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [described(name, message)];
  return failed.map(({ fullName = '', failureMessages }) =>
    described(`${name} › ${fullName}`, (failureMessages ?? []).join('\n')),
  );
}

function described(title: string, message: string): string {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return [`  ✗ ${title}`, ...lines.slice(0, MESSAGE_LINES).map((line) => `      ${line}`)].join('\n');
}
