import type { ScenarioModel } from '../messages';
import { anchorOf, time } from './page-words';

/** One kind of wait, and how much of the whole it is. */
export interface WaitView {
  readonly for: string;
  readonly duration: string;
  /** Percent of the scenario's time. */
  readonly share: number;
}

interface TimeRow {
  readonly anchor: string;
  readonly name: string;
  readonly place: string;
  readonly duration: string;
  /** Percent of the longest scenario, for the bar. */
  readonly share: number;
  readonly waits: readonly WaitView[];
}

export interface TimeTable {
  /** The longest first. */
  readonly rows: readonly TimeRow[];
  /** All scenarios together. */
  readonly sum: string;
  readonly waits: readonly WaitView[];
}

/** What is shorter stands under the rest (ms). */
const SHORTEST_SHOWN = 100;
const REST = 'everything else';

/** What a scenario waited for, the longest first, and at the end the time that nothing was told of. Empty for one that did not wait. */
export function waitViews(scenario: ScenarioModel): WaitView[] {
  return views(scenario.waits, durationOf(scenario));
}

/** Every scenario's time, the longest first, and what all of them waited for; nothing where no scenario told. `clean`: masks a text. */
export function timeTable(scenarios: readonly ScenarioModel[], clean: (text: string) => string): TimeTable {
  const timed = scenarios
    .filter(({ waits }) => waits.some(isShown))
    .map((scenario) => ({ scenario, duration: durationOf(scenario) }))
    .sort((a, b) => b.duration - a.duration);
  const longest = Math.max(1, timed[0]?.duration ?? 0);
  const whole = timed.reduce((sum, { duration }) => sum + duration, 0);
  const sums = new Map<string, number>();
  for (const wait of timed.flatMap(({ scenario }) => scenario.waits)) {
    sums.set(wait.for, (sums.get(wait.for) ?? 0) + wait.milliseconds);
  }
  return {
    rows: timed.map(({ scenario, duration }) => ({
      anchor: anchorOf(scenario),
      name: clean(scenario.name),
      place: scenario.feature,
      duration: time(duration),
      share: percent(duration, longest),
      waits: waitViews(scenario),
    })),
    sum: time(whole),
    waits: views(
      [...sums].map(([kind, milliseconds]) => ({ for: kind, milliseconds })),
      whole,
    ),
  };
}

function views(waits: ScenarioModel['waits'], whole: number): WaitView[] {
  const shown = waits.filter(isShown).toSorted((a, b) => b.milliseconds - a.milliseconds);
  if (shown.length === 0) return [];
  const rest = whole - shown.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [...shown, ...(rest >= SHORTEST_SHOWN ? [{ for: REST, milliseconds: rest }] : [])].map(
    ({ milliseconds, ...wait }) => ({
      for: wait.for,
      duration: time(milliseconds),
      share: percent(milliseconds, whole),
    }),
  );
}

function isShown({ milliseconds }: ScenarioModel['waits'][number]): boolean {
  return milliseconds >= SHORTEST_SHOWN;
}

function durationOf({ startedAt, finishedAt }: ScenarioModel): number {
  return (finishedAt ?? startedAt) - startedAt;
}

function percent(part: number, whole: number): number {
  return Math.round((part / Math.max(1, whole)) * 100);
}
