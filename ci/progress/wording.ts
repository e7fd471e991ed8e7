import { styleText } from 'node:util';
import prettyMs from 'pretty-ms';
import { repeatCommand, type ScenarioModel, type Status, type StepModel, scenarioStatus } from '../messages';

type Style = Parameters<typeof styleText>[0];

/** Colours a text, or leaves it alone: decided once for a stream. */
export type Paint = (style: Style, text: string) => string;

export function paintFor(colours: boolean): Paint {
  return colours
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text;
}

const MARKS: Record<Status, { readonly mark: string; readonly style: Style }> = {
  passed: { mark: '✓', style: 'green' },
  failed: { mark: '✗', style: 'red' },
  ambiguous: { mark: '✗', style: 'red' },
  undefined: { mark: '?', style: 'red' },
  pending: { mark: '?', style: 'red' },
  unknown: { mark: '?', style: 'red' },
  skipped: { mark: '-', style: 'dim' },
  running: { mark: '…', style: 'cyan' },
};

export function time(milliseconds: number): string {
  return prettyMs(milliseconds, { secondsDecimalDigits: milliseconds < 60_000 ? 1 : 0 });
}

export function scenarioTitle(scenario: ScenarioModel, paint: Paint): string {
  const attempt = scenario.attempt > 0 ? ` (attempt ${scenario.attempt + 1})` : '';
  return `${paint('dim', `${scenario.feature} ›`)} ${paint('bold', scenario.name)}${attempt}`;
}

/** `✓ Given Nadia's server is in Windows rescue mode  1.2s`, with what went wrong below it. */
export function stepLines(step: StepModel, scenario: ScenarioModel, paint: Paint): string[] {
  const { mark, style } = MARKS[step.status];
  const duration = step.duration === undefined || step.status === 'skipped' ? '' : `  ${time(step.duration)}`;
  const word = ['undefined', 'ambiguous', 'pending'].includes(step.status) ? `  (${step.status})` : '';
  const line = `${paint(style, mark)} ${step.keyword} ${step.text}${paint(style, word)}${paint('dim', duration)}`;
  const below = [step.error ?? '', step.snippet ?? ''].filter((text) => text !== '').join('\n');
  if (below === '') return [line];
  const state = scenario.state === undefined ? [] : [paint('dim', `  last seen: ${scenario.state}`)];
  return [line, ...below.split('\n').map((text) => paint('red', `  ${text}`)), ...state];
}

/** Whether a step is worth a line: hooks only speak up when they fail. */
export function isShown(step: StepModel): boolean {
  return !step.hook || (step.status !== 'passed' && step.status !== 'skipped');
}

/** One line for a finished scenario and, unless it passed, how to run it again. */
export function scenarioEnd(scenario: ScenarioModel, paint: Paint): string[] {
  const status = scenarioStatus(scenario);
  const { mark, style } = MARKS[status];
  const duration = time((scenario.finishedAt ?? scenario.startedAt) - scenario.startedAt);
  const line = `${paint(style, `${mark} ${status}`)} ${paint('dim', `in ${duration}`)}`;
  if (status === 'passed' || status === 'skipped') return [line];
  return [line, paint('dim', `  again: ${repeatCommand(scenario)}`)];
}
