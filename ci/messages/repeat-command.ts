import type { ScenarioModel } from './model';

/** The command that runs exactly this scenario again. */
export function repeatCommand(scenario: Pick<ScenarioModel, 'uri' | 'line'>): string {
  return `npm test -- --features-only ${scenario.uri}:${scenario.line}`;
}
