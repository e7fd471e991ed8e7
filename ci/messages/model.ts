import type { RunFacts, Screen } from '../../simulators/evidence';
import type { WaitSum } from '../../simulators/waits';

/** `running` is a step or scenario that began and did not end, because it is live or because the run was cut off. */
export type Status =
  | 'passed'
  | 'failed'
  | 'skipped'
  | 'undefined'
  | 'ambiguous'
  | 'pending'
  | 'unknown'
  | 'running';

/** A picture that came inside the message stream instead of lying in an evidence folder. */
export interface InlinePicture {
  readonly base64: string;
  readonly mediaType: string;
  readonly caption: string;
}

export interface StepModel {
  readonly id: string;
  /** `Given`, `When`, ...; for a hook `Before` or `After`. */
  readonly keyword: string;
  readonly text: string;
  readonly hook: boolean;
  /** Doc string or data table as text. */
  readonly argument: string | undefined;
  status: Status;
  startedAt: number | undefined;
  /** Milliseconds. */
  duration: number | undefined;
  error: string | undefined;
  /** For an undefined step: the snippet to start from. */
  snippet: string | undefined;
  readonly screens: Screen[];
  readonly pictures: InlinePicture[];
  readonly logs: string[];
}

export interface ScenarioModel {
  /** Of the test case's attempt. */
  readonly id: string;
  /** 0 for the first. */
  readonly attempt: number;
  readonly workerId: string | undefined;
  readonly uri: string;
  readonly line: number;
  readonly feature: string;
  readonly rule: string | undefined;
  readonly name: string;
  readonly tags: readonly string[];
  readonly steps: readonly StepModel[];
  readonly startedAt: number;
  /** Milliseconds since the epoch. */
  finishedAt: number | undefined;
  willBeRetried: boolean;
  /** Relative to the run folder. */
  evidence: string | undefined;
  facts: RunFacts;
  /** What it waited for, all in all, the longest first. */
  waits: readonly WaitSum[];
  /** What the machine was last said to be doing. */
  state: string | undefined;
}

/** The worst first: what one failing step makes of a scenario. */
const SEVERITY: readonly Status[] = [
  'failed',
  'ambiguous',
  'undefined',
  'pending',
  'unknown',
  'running',
  'skipped',
  'passed',
];

/** A scenario's status is that of its worst step; one without steps proves nothing and is `unknown`. */
export function scenarioStatus(scenario: ScenarioModel): Status {
  if (scenario.finishedAt === undefined) return 'running';
  if (!scenario.steps.some((step) => !step.hook)) return 'unknown';
  return SEVERITY.find((status) => scenario.steps.some((step) => step.status === status))!;
}
