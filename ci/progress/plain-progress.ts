import type { Envelope } from '@cucumber/messages';
import { RunModel, type ScenarioModel, type StepModel } from '../messages';
import { isShown, type Paint, scenarioEnd, scenarioTitle, stepLines, time } from './wording';

/** A step that works for long says so from time to time, so that a CI log shows life. */
const SIGN_OF_LIFE_MS = 30_000;

/** One line per step, for logs. Scenarios of parallel workers come out whole, one after the other. */
export class PlainProgress {
  readonly #run = new RunModel();
  readonly #held = new Map<string, string[]>();
  /** Of the steps that are running, by their scenario. */
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(
    readonly write: (text: string) => void,
    readonly paint: Paint,
  ) {}

  add(envelope: Envelope): void {
    this.#run.add(envelope);
    if (envelope.testCaseStarted) {
      const scenario = this.#run.scenario(envelope.testCaseStarted.id);
      if (scenario) this.#print(scenario, `\n${scenarioTitle(scenario, this.paint)}`);
    }
    const { testStepStarted, testStepFinished, testCaseFinished } = envelope;
    if (testStepStarted) this.#watch(testStepStarted.testCaseStartedId, testStepStarted.testStepId);
    if (testStepFinished) {
      const { testCaseStartedId, testStepId } = testStepFinished;
      clearInterval(this.#timers.get(testCaseStartedId));
      const [scenario, step] = this.#find(testCaseStartedId, testStepId);
      if (scenario && step && isShown(step)) {
        for (const line of stepLines(step, scenario, this.paint)) this.#print(scenario, `  ${line}`);
      }
    }
    if (testCaseFinished) {
      const scenario = this.#run.scenario(testCaseFinished.testCaseStartedId);
      if (!scenario) return;
      for (const line of scenarioEnd(scenario, this.paint)) this.#print(scenario, `  ${line}`);
      this.write((this.#held.get(scenario.id) ?? []).join(''));
      this.#held.delete(scenario.id);
    }
  }

  end(): void {
    for (const timer of this.#timers.values()) clearInterval(timer);
  }

  #find(scenarioId: string, stepId: string): [ScenarioModel | undefined, StepModel | undefined] {
    return [this.#run.scenario(scenarioId), this.#run.step(scenarioId, stepId)];
  }

  #print(scenario: ScenarioModel, line: string): void {
    if (scenario.workerId === undefined) this.write(`${line}\n`);
    else this.#held.set(scenario.id, [...(this.#held.get(scenario.id) ?? []), `${line}\n`]);
  }

  #watch(scenarioId: string, stepId: string): void {
    const [scenario, step] = this.#find(scenarioId, stepId);
    clearInterval(this.#timers.get(scenarioId));
    if (!scenario || !step) return;
    const begun = performance.now();
    const timer = setInterval(() => {
      const where = scenario.state === undefined ? '' : `: ${scenario.state}`;
      const which = scenario.workerId === undefined ? '' : `${scenarioTitle(scenario, this.paint)}: `;
      this.write(`  … ${which}${step.keyword} ${step.text}${where}  ${time(performance.now() - begun)}\n`);
    }, SIGN_OF_LIFE_MS);
    timer.unref();
    this.#timers.set(scenarioId, timer);
  }
}
