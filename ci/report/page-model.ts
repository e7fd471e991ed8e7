import { stripVTControlCharacters } from 'node:util';
import prettyMs from 'pretty-ms';
import {
  type Counts,
  type RunModel,
  repeatCommand,
  type ScenarioModel,
  type Status,
  type StepModel,
  scenarioStatus,
  verdictOf,
} from '../messages';
import { anchorOf, time } from './page-words';
import { type TimeTable, timeTable, type WaitView, waitViews } from './time-table';

/** What the template shows: strings ready to print, paths relative to the page. */
export interface PageModel {
  readonly title: string;
  readonly good: boolean;
  readonly headline: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly problems: readonly string[];
  readonly scenarios: readonly ScenarioView[];
  /** Scenarios by time with what they waited for, and the sums of all; empty where none waited. */
  readonly times: TimeTable;
  readonly slowest: readonly { readonly text: string; readonly anchor: string; readonly duration: string }[];
}

interface ScenarioView {
  readonly anchor: string;
  readonly name: string;
  readonly place: string;
  readonly tags: readonly string[];
  readonly status: Status;
  readonly duration: string;
  readonly ranOn: string;
  readonly waits: readonly WaitView[];
  readonly repeat: string;
  readonly open: boolean;
  readonly steps: readonly StepView[];
  readonly evidence: readonly { readonly name: string; readonly href: string }[];
}

interface StepView {
  readonly keyword: string;
  readonly text: string;
  readonly status: Status;
  readonly statusWord: string;
  /** Since the scenario began, e.g. `0:42`. */
  readonly at: string;
  readonly duration: string;
  /** Percent of the scenario's longest step, for the bar. */
  readonly share: number;
  readonly argument: string | undefined;
  readonly error: string | undefined;
  readonly snippet: string | undefined;
  readonly logs: readonly string[];
  readonly pictures: readonly Picture[];
}

export interface Picture {
  readonly href: string;
  readonly caption: string;
}

export interface PageOptions {
  readonly title: string;
  readonly units: Counts | undefined;
  /** Files of an evidence folder (relative to the run folder) that are worth a link. */
  readonly evidenceFiles: (folder: string) => readonly string[];
  /** Where a picture that came inside the message stream was put, relative to the run folder. */
  readonly pictureFiles: ReadonlyMap<object, string>;
  readonly mask: (text: string) => string;
}

const SLOWEST_SHOWN = 10;
const OPEN_WHEN_AT_MOST = 3;

/** Turns a run into what the page shows. Everything that came from the run is masked here. */
export function pageModel(run: RunModel, options: PageOptions): PageModel {
  const verdict = verdictOf(run);
  const few = run.scenarios.length <= OPEN_WHEN_AT_MOST;
  return {
    title: options.title,
    good: verdict.failed === 0,
    headline: headline(verdict),
    facts: runFacts(run, options.units),
    problems: verdict.problems.map((problem) => clean(problem, options)),
    scenarios: run.scenarios.toSorted(byPlace).map((scenario) => scenarioView(scenario, few, options)),
    times: timeTable(run.scenarios, (text) => clean(text, options)),
    slowest: slowestSteps(run, options),
  };
}

/** As the features have them: scenarios that run side by side begin in any order. */
function byPlace(one: ScenarioModel, other: ScenarioModel): number {
  return one.uri.localeCompare(other.uri) || one.line - other.line || one.attempt - other.attempt;
}

function headline({ passed, failed, skipped }: Counts): string {
  const rest = skipped > 0 ? `, ${skipped} skipped` : '';
  if (failed > 0) return `${failed} failed, ${passed} passed${rest}`;
  return passed === 1 ? `The scenario passed${rest}` : `All ${passed} scenarios passed${rest}`;
}

const FACT_NAMES: Readonly<Record<string, string>> = {
  guest: 'Guest',
  accelerator: 'Accelerator',
  qemu: 'QEMU',
  firmware: 'Firmware',
  workstation: 'Workstation',
};

function runFacts(run: RunModel, units: Counts | undefined): PageModel['facts'] {
  const facts = [...run.facts].map(([name, values]) => ({
    name: FACT_NAMES[name] ?? name,
    value: [...values].join(', '),
  }));
  if (run.startedAt !== undefined) {
    facts.push({
      name: 'Started',
      value: new Date(run.startedAt).toISOString().replace('T', ' ').slice(0, 19),
    });
    const end = run.finishedAt ?? run.scenarios.at(-1)?.finishedAt ?? run.startedAt;
    facts.push({ name: 'Duration', value: time(end - run.startedAt) });
  }
  if (units) facts.push({ name: 'Unit tests', value: `${units.passed} passed, ${units.failed} failed` });
  for (const { name, version } of run.tools) facts.push({ name, value: version });
  return facts;
}

function scenarioView(scenario: ScenarioModel, few: boolean, options: PageOptions): ScenarioView {
  const status = scenarioStatus(scenario);
  const longest = Math.max(1, ...scenario.steps.map((step) => step.duration ?? 0));
  const { evidence } = scenario;
  const attempt = scenario.attempt > 0 ? ` (attempt ${scenario.attempt + 1})` : '';
  return {
    anchor: anchorOf(scenario),
    name: clean(scenario.name, options) + attempt,
    place: [scenario.feature, scenario.rule].filter(Boolean).join(' › '),
    tags: scenario.tags,
    status,
    duration: scenario.finishedAt === undefined ? 'cut off' : time(scenario.finishedAt - scenario.startedAt),
    ranOn: ranOn(scenario),
    waits: waitViews(scenario),
    repeat: repeatCommand(scenario),
    open: few || scenario.tags.includes('@journey') || (status !== 'passed' && status !== 'skipped'),
    steps: scenario.steps.filter(isShown).map((step) => stepView(step, scenario, longest, options)),
    evidence:
      evidence === undefined
        ? []
        : options.evidenceFiles(evidence).map((name) => ({ name, href: href(`${evidence}/${name}`) })),
  };
}

function ranOn({ facts }: ScenarioModel): string {
  const { guest, accelerator, qemu } = facts;
  const machine = [qemu && `QEMU ${qemu}`, accelerator?.replace(/^(kvm|tcg)\b/, (kind) => kind.toUpperCase())]
    .filter(Boolean)
    .join(' with ');
  return [guest && `guest: ${guest}`, machine].filter(Boolean).join(', ');
}

/** Hooks are shown when they failed or left something to look at. */
function isShown(step: StepModel): boolean {
  if (!step.hook) return true;
  const quiet = step.status === 'passed' || step.status === 'skipped';
  return !quiet || step.screens.length + step.pictures.length + step.logs.length > 0;
}

function stepView(step: StepModel, scenario: ScenarioModel, longest: number, options: PageOptions): StepView {
  const screens = step.screens.map((screen) => ({
    href: href(screen.file),
    caption: clean(screen.caption, options),
  }));
  const inline = step.pictures.flatMap((picture) => {
    const file = options.pictureFiles.get(picture);
    return file === undefined ? [] : [{ href: href(file), caption: clean(picture.caption, options) }];
  });
  return {
    keyword: step.keyword,
    text: clean(step.text, options),
    status: step.status,
    statusWord: step.status === 'running' ? 'cut off' : step.status,
    at:
      step.startedAt === undefined
        ? ''
        : prettyMs(step.startedAt - scenario.startedAt, { colonNotation: true, secondsDecimalDigits: 0 }),
    duration: step.duration === undefined || step.status === 'skipped' ? '' : time(step.duration),
    share: Math.round(((step.duration ?? 0) / longest) * 100),
    argument: step.argument === undefined ? undefined : clean(step.argument, options),
    error: step.error === undefined ? undefined : clean(step.error, options),
    snippet: step.snippet,
    logs: step.logs.map((log) => clean(log, options)),
    pictures: [...screens, ...inline],
  };
}

function slowestSteps(run: RunModel, options: PageOptions): PageModel['slowest'] {
  return run.scenarios
    .flatMap((scenario) => scenario.steps.map((step) => ({ scenario, step, duration: step.duration ?? 0 })))
    .filter(({ step, duration }) => !step.hook && duration >= 1000)
    .sort((a, b) => b.duration - a.duration)
    .slice(0, SLOWEST_SHOWN)
    .map(({ scenario, step, duration }) => ({
      text: clean(`${step.keyword} ${step.text}`, options),
      anchor: anchorOf(scenario),
      duration: time(duration),
    }));
}

function clean(text: string, options: PageOptions): string {
  return options.mask(stripVTControlCharacters(text));
}

function href(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
