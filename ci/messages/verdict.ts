import { type ScenarioModel, scenarioStatus } from './model';
import type { RunModel } from './run-model';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Verdict extends Counts {
  /** The scenarios that count as failed. */
  readonly failures: readonly ScenarioModel[];
  /** Attempts that failed before another one of the same scenario passed. */
  readonly overcome: readonly ScenarioModel[];
  /** Attempts that failed before the one of the same scenario that counts as failed. */
  readonly earlier: readonly ScenarioModel[];
  /** Failures that belong to no scenario; each counts as one. */
  readonly problems: readonly string[];
}

/**
 * The verdict on a feature run from its messages alone. Stricter than cucumber's own: undefined, ambiguous and pending
 * steps fail, so does a scenario without steps or without an end, and so does a run in which nothing passed or failed.
 */
export function verdictOf(run: RunModel): Verdict {
  const failures: ScenarioModel[] = [];
  let passed = 0;
  let skipped = 0;
  for (const scenario of run.results) {
    const status = scenarioStatus(scenario);
    if (status === 'passed') passed += 1;
    else if (status === 'skipped') skipped += 1;
    else failures.push(scenario);
  }
  const problems = [...run.problems];
  if (run.finishedAt === undefined) problems.push('The run was cut off before its end.');
  if (passed + failures.length === 0 && problems.length === 0) {
    problems.push(
      skipped === 0
        ? 'No scenario ran: nothing matches the given tags, names and paths.'
        : `No scenario ran: all ${skipped} were skipped.`,
    );
  }
  const repeated = run.scenarios.filter(({ willBeRetried }) => willBeRetried);
  const isEarlier = ({ uri, line }: ScenarioModel): boolean =>
    failures.some((failure) => failure.uri === uri && failure.line === line);
  return {
    passed,
    failed: failures.length + problems.length,
    skipped,
    failures,
    overcome: repeated.filter((attempt) => !isEarlier(attempt)),
    earlier: repeated.filter(isEarlier),
    problems,
  };
}

/** Sums the parts of a whole run, e.g. units and scenarios. */
export function addCounts(...parts: readonly Counts[]): Counts {
  const sum = (name: keyof Counts): number => parts.reduce((total, part) => total + part[name], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** The last line of `npm test`, which gates read. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Whether a gate may let a run with these counts through: something passed and nothing failed. */
export function isGood({ passed, failed }: Counts): boolean {
  return failed === 0 && passed > 0;
}
