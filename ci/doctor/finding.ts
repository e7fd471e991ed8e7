/** `missing` stops a run; `limited` only takes something away from it. */
export type FindingStatus = 'ok' | 'limited' | 'missing';

/** One thing that the doctor looked at. */
export interface Finding {
  /** Stable, for programs. */
  readonly id: string;
  readonly name: string;
  readonly status: FindingStatus;
  /** What was found, with versions. */
  readonly found: string;
  /** What to do about it, where something is missing or limited. */
  readonly advice?: string;
  /** More for programs. */
  readonly details?: Readonly<Record<string, unknown>>;
}
