import type {
  Attachment,
  Duration,
  Envelope,
  Pickle,
  PickleStep,
  TestCase,
  TestCaseStarted,
  TestStep,
  TestStepResult,
  Timestamp,
} from '@cucumber/messages';
import { MediaType, type RunFacts, type Screen } from '../../simulators/evidence';
import type { WaitSum } from '../../simulators/waits';
import { GherkinIndex } from './gherkin-index';
import type { ScenarioModel, Status, StepModel } from './model';
import { argumentText } from './step-argument';

/** A run as far as its messages have come: fed envelope by envelope, read at any time, live or at the end. */
export class RunModel {
  readonly scenarios: ScenarioModel[] = [];
  /** Errors that belong to no scenario: feature files that cannot be read, failing BeforeAll and AfterAll hooks. */
  readonly problems: string[] = [];
  /** Milliseconds since the epoch. */
  startedAt: number | undefined;
  finishedAt: number | undefined;
  /** `cucumber-js` and its version, the runtime, the system. */
  readonly tools: { name: string; version: string }[] = [];
  /** What the run stood on, from all scenarios together: each value seen, once. */
  readonly facts = new Map<string, Set<string>>();

  readonly #gherkin = new GherkinIndex();
  readonly #pickles = new Map<string, Pickle>();
  readonly #testCases = new Map<string, TestCase>();
  /** Pickle step id by test step id. */
  readonly #pickleStepIds = new Map<string, string>();
  readonly #hookNames = new Map<string, string>();
  readonly #snippets = new Map<string, string>();
  readonly #scenarioById = new Map<string, ScenarioModel>();
  readonly #stepById = new Map<string, StepModel>();

  /** Takes one message; unknown ones are ignored. */
  add(envelope: Envelope): void {
    if (envelope.meta) this.#addMeta(envelope.meta);
    if (envelope.parseError) {
      const { source, message } = envelope.parseError;
      this.problems.push(`${source.uri ?? 'A feature file'} cannot be read: ${message}`);
    }
    if (envelope.gherkinDocument) this.#gherkin.add(envelope.gherkinDocument);
    if (envelope.pickle) this.#pickles.set(envelope.pickle.id, envelope.pickle);
    if (envelope.testCase) this.#addTestCase(envelope.testCase);
    if (envelope.hook) {
      const { id, name, type } = envelope.hook;
      this.#hookNames.set(id, name ?? (type ?? 'hook').toLowerCase().replaceAll('_', ' '));
    }
    if (envelope.suggestion) {
      const { pickleStepId, snippets } = envelope.suggestion;
      this.#snippets.set(pickleStepId, snippets.map(({ code }) => code).join('\n'));
    }
    if (envelope.testRunStarted) this.startedAt = milliseconds(envelope.testRunStarted.timestamp);
    if (envelope.testRunFinished) this.#finishRun(envelope.testRunFinished);
    if (envelope.testRunHookFinished) this.#addRunHook(envelope.testRunHookFinished.result);
    if (envelope.testCaseStarted) this.#startScenario(envelope.testCaseStarted);
    if (envelope.testStepStarted) {
      const { testCaseStartedId, testStepId, timestamp } = envelope.testStepStarted;
      this.#startStep(testCaseStartedId, testStepId, timestamp);
    }
    if (envelope.attachment) this.#attach(envelope.attachment);
    if (envelope.testStepFinished) {
      const { testCaseStartedId, testStepId, testStepResult } = envelope.testStepFinished;
      this.#finishStep(testCaseStartedId, testStepId, testStepResult);
    }
    if (envelope.testCaseFinished) {
      const { testCaseStartedId, timestamp, willBeRetried } = envelope.testCaseFinished;
      const scenario = this.#scenarioById.get(testCaseStartedId);
      if (scenario) Object.assign(scenario, { finishedAt: milliseconds(timestamp), willBeRetried });
    }
  }

  /** The scenarios whose result counts: the last attempt of each. */
  get results(): ScenarioModel[] {
    return this.scenarios.filter((scenario) => !scenario.willBeRetried);
  }

  scenario(id: string): ScenarioModel | undefined {
    return this.#scenarioById.get(id);
  }

  step(scenarioId: string, stepId: string): StepModel | undefined {
    return this.#stepById.get(`${scenarioId} ${stepId}`);
  }

  #addMeta(meta: NonNullable<Envelope['meta']>): void {
    for (const { name, version } of [meta.implementation, meta.runtime, meta.os]) {
      this.tools.push({ name, version: version ?? '' });
    }
  }

  #addTestCase(testCase: TestCase): void {
    this.#testCases.set(testCase.id, testCase);
    for (const { id, pickleStepId } of testCase.testSteps) {
      if (pickleStepId !== undefined) this.#pickleStepIds.set(id, pickleStepId);
    }
  }

  #finishRun(finished: NonNullable<Envelope['testRunFinished']>): void {
    this.finishedAt = milliseconds(finished.timestamp);
    if (finished.exception) {
      this.problems.push(finished.exception.message ?? finished.message ?? finished.exception.type);
    }
  }

  #addRunHook(result: TestStepResult): void {
    if (result.status === 'FAILED') {
      this.problems.push(`A hook around the whole run failed: ${result.message ?? 'no message'}`);
    }
  }

  #startScenario(started: TestCaseStarted): void {
    const testCase = this.#testCases.get(started.testCaseId);
    const pickle = testCase && this.#pickles.get(testCase.pickleId);
    if (!pickle) return;
    const place = this.#gherkin.place(pickle.astNodeIds);
    const scenario: ScenarioModel = {
      id: started.id,
      attempt: started.attempt,
      workerId: started.workerId,
      uri: pickle.uri,
      line: place?.line ?? pickle.location?.line ?? 0,
      feature: place?.feature ?? pickle.uri,
      rule: place?.rule,
      name: pickle.name,
      tags: pickle.tags.map(({ name }) => name),
      steps: this.#stepsOf(testCase.testSteps, pickle),
      startedAt: milliseconds(started.timestamp),
      finishedAt: undefined,
      willBeRetried: false,
      evidence: undefined,
      facts: {},
      waits: [],
      state: undefined,
    };
    this.scenarios.push(scenario);
    this.#scenarioById.set(scenario.id, scenario);
    for (const step of scenario.steps) this.#stepById.set(`${scenario.id} ${step.id}`, step);
  }

  #stepsOf(testSteps: readonly TestStep[], pickle: Pickle): StepModel[] {
    let begun = false;
    return testSteps.map((testStep) => {
      const pickleStep = pickle.steps.find(({ id }) => id === testStep.pickleStepId);
      begun ||= pickleStep !== undefined;
      return this.#stepOf(testStep, pickleStep, begun ? 'After' : 'Before');
    });
  }

  #stepOf(testStep: TestStep, pickleStep: PickleStep | undefined, hookKeyword: string): StepModel {
    return {
      id: testStep.id,
      keyword: pickleStep ? this.#gherkin.keyword(pickleStep.astNodeIds) : hookKeyword,
      text: pickleStep?.text ?? this.#hookNames.get(testStep.hookId ?? '') ?? 'hook',
      hook: pickleStep === undefined,
      argument: argumentText(pickleStep?.argument),
      status: 'unknown',
      startedAt: undefined,
      duration: undefined,
      error: undefined,
      snippet: undefined,
      screens: [],
      pictures: [],
      logs: [],
    };
  }

  #startStep(scenarioId: string, stepId: string, timestamp: Timestamp): void {
    const step = this.step(scenarioId, stepId);
    if (!step) return;
    step.status = 'running';
    step.startedAt = milliseconds(timestamp);
  }

  #finishStep(scenarioId: string, stepId: string, result: TestStepResult): void {
    const step = this.step(scenarioId, stepId);
    if (!step) return;
    step.status = result.status.toLowerCase() as Status;
    step.duration = milliseconds(result.duration);
    step.error = result.message;
    step.snippet = this.#snippets.get(this.#pickleStepIds.get(stepId) ?? '');
  }

  #attach(attachment: Attachment): void {
    const { mediaType, testCaseStartedId = '', testStepId = '' } = attachment;
    const scenario = this.#scenarioById.get(testCaseStartedId);
    const step = this.step(testCaseStartedId, testStepId);
    const text = textOf(attachment);
    if (mediaType === MediaType.facts) this.#addFacts(JSON.parse(text) as RunFacts, scenario);
    if (!scenario) return;
    if (mediaType === MediaType.machineState) scenario.state = text;
    else if (mediaType === MediaType.waits) scenario.waits = JSON.parse(text) as WaitSum[];
    else if (mediaType === MediaType.evidence) {
      scenario.evidence = (JSON.parse(text) as { folder: string }).folder;
    } else if (mediaType === MediaType.screen) step?.screens.push(JSON.parse(text) as Screen);
    else if (mediaType.startsWith('image/')) {
      step?.pictures.push({ base64: attachment.body, mediaType, caption: attachment.fileName ?? '' });
    } else if (mediaType === 'text/x.cucumber.log+plain' || mediaType === 'text/plain') step?.logs.push(text);
  }

  #addFacts(facts: RunFacts, scenario: ScenarioModel | undefined): void {
    if (scenario) scenario.facts = { ...scenario.facts, ...facts };
    for (const [name, value] of Object.entries(facts)) {
      if (value === undefined) continue;
      this.facts.set(name, (this.facts.get(name) ?? new Set()).add(value));
    }
  }
}

function textOf({ body, contentEncoding }: Attachment): string {
  return contentEncoding === 'BASE64' ? Buffer.from(body, 'base64').toString('utf8') : body;
}

function milliseconds({ seconds, nanos }: Timestamp | Duration): number {
  return seconds * 1000 + nanos / 1e6;
}
