import type { Envelope } from '@cucumber/messages';
import { createLogUpdate } from 'log-update';
import { RunModel, type ScenarioModel, scenarioStatus } from '../messages';
import { isShown, type Paint, scenarioEnd, scenarioTitle, stepLines, time } from './wording';

const REDRAW_MS = 200;

/** Live lines for a terminal: finished steps scroll up, below them what runs now, what the machine does, and for how long. */
export class LiveProgress {
  readonly #run = new RunModel();
  readonly #lines: ReturnType<typeof createLogUpdate>;
  readonly #timer: NodeJS.Timeout;

  constructor(
    stream: NodeJS.WritableStream,
    readonly paint: Paint,
    readonly mask: (text: string) => string,
    readonly now: () => number = Date.now,
  ) {
    this.#lines = createLogUpdate(stream);
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
    this.#timer.unref();
  }

  add(envelope: Envelope): void {
    this.#run.add(envelope);
    const { testCaseStarted, testStepFinished, testCaseFinished } = envelope;
    if (testCaseStarted) {
      const scenario = this.#run.scenario(testCaseStarted.id);
      if (scenario && scenario.workerId === undefined) this.#keep('', scenarioTitle(scenario, this.paint));
    }
    if (testStepFinished) {
      const { testCaseStartedId, testStepId } = testStepFinished;
      const scenario = this.#run.scenario(testCaseStartedId);
      const step = this.#run.step(testCaseStartedId, testStepId);
      if (scenario && scenario.workerId === undefined && step && isShown(step)) {
        this.#keep(...stepLines(step, scenario, this.paint).map((line) => `  ${line}`));
      }
    }
    if (testCaseFinished) {
      const scenario = this.#run.scenario(testCaseFinished.testCaseStartedId);
      if (scenario) this.#keep(...this.#closing(scenario));
    }
    this.#draw();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#lines.clear();
    this.#lines.done();
  }

  /** Parallel scenarios are shown whole when they end, serial ones have scrolled by already. */
  #closing(scenario: ScenarioModel): string[] {
    const end = scenarioEnd(scenario, this.paint).map((line) => `  ${line}`);
    if (scenario.workerId === undefined) return end;
    const steps = scenario.steps.filter(isShown).flatMap((step) => stepLines(step, scenario, this.paint));
    return ['', scenarioTitle(scenario, this.paint), ...steps.map((line) => `  ${line}`), ...end];
  }

  #keep(...lines: readonly string[]): void {
    for (const line of lines) this.#lines.persist(this.mask(line));
  }

  #draw(): void {
    const running = this.#run.scenarios.filter((scenario) => scenarioStatus(scenario) === 'running');
    const done = this.#run.results.length - running.length;
    const elapsed = this.#run.startedAt === undefined ? '' : `, ${time(this.now() - this.#run.startedAt)}`;
    const live = running.flatMap((scenario) => this.#liveLines(scenario));
    this.#lines(this.mask([...live, this.paint('dim', `${done} scenarios done${elapsed}`)].join('\n')));
  }

  #liveLines(scenario: ScenarioModel): string[] {
    const step = scenario.steps.find(({ status }) => status === 'running');
    if (!step) return [];
    const seconds = time(Math.max(0, this.now() - (step.startedAt ?? scenario.startedAt)));
    const title = scenario.workerId === undefined ? [] : [scenarioTitle(scenario, this.paint)];
    const state = scenario.state === undefined ? [] : [this.paint('cyan', `    ${scenario.state}`)];
    return [
      ...title,
      `  ${this.paint('cyan', '…')} ${step.keyword} ${step.text}  ${this.paint('dim', seconds)}`,
      ...state,
    ];
  }
}
