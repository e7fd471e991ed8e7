import prettyMs from 'pretty-ms';
import type { ScenarioModel } from '../messages';

/** Where a scenario stands on the page. */
export function anchorOf(scenario: ScenarioModel): string {
  return `scenario-${scenario.id}`;
}

export function time(milliseconds: number): string {
  return prettyMs(milliseconds, { secondsDecimalDigits: milliseconds < 60_000 ? 1 : 0 });
}
