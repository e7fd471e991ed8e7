import { After, Before, type ITestCaseHookParameter, Status, setDefaultTimeout } from '@cucumber/cucumber';
import {
  attachEvidenceFolder,
  attachFacts,
  Evidence,
  runFolder,
  runSecrets,
  scenarioSlug,
} from '../simulators/evidence';
import { Lab, type LabEvent, startWorkstation, wordsFor } from '../simulators/lab';
import { qemuVersion } from '../simulators/vm';
import { ApiCustomer } from './api-customer';
import { NovaCustomer } from './nova-customer';
import type { RescueWorld } from './world';

/** A cold walk into the nested rescue system takes about a minute on two cores under TCG; each wait has its own deadline. */
setDefaultTimeout(10 * 60_000);

Before(async function (this: RescueWorld, { pickle }: ITestCaseHookParameter) {
  const attach = (text: string, type: string) => this.attach(text, type);
  this.evidence = await Evidence.open({
    runFolder: runFolder(),
    slug: scenarioSlug(pickle),
    secrets: runSecrets,
  });
  attachEvidenceFolder(attach, this.evidence.relativeFolder);
  const cold = pickle.tags.some(({ name }) => name === '@cold');
  const onEvent = (event: LabEvent): void => {
    if (event.kind === 'exchange') {
      this.exchanges.push(event);
      this.evidence.record('http.ndjson', event);
    } else {
      this.say(wordsFor(event));
    }
  };
  this.api = new ApiCustomer((provider) =>
    provider.events.on('exchange', (exchange) => onEvent({ kind: 'exchange', ...exchange })),
  );
  this.cloud = new NovaCustomer((exchange) => onEvent({ kind: 'exchange', ...exchange }));
  this.startLab = async (options) => {
    const lab = await Lab.start({
      ...options,
      onEvent,
      evidenceDirectory: this.evidence.folder,
      ...(cold ? { waypoints: false } : {}),
    });
    try {
      this.workstation = await startWorkstation(lab.session, (line) => this.say(line));
    } catch (error) {
      await lab[Symbol.asyncDispose]();
      throw error;
    }
    this.lab = lab;
    attachFacts(attach, {
      guest: 'stand-in',
      accelerator: `${lab.accelerator.kind} (${lab.accelerator.reason})`,
      qemu: await qemuVersion(),
      workstation: this.workstation.description,
    });
    return lab;
  };
});

After(async function (this: RescueWorld, { result, willBeRetried }: ITestCaseHookParameter) {
  try {
    refuseUnknownCalls(this.api);
    if (this.hasLab) {
      const failed = result?.status === Status.FAILED;
      await this.lab.collectEvidence(this.evidence, failed ? (png, text) => this.keep(png, text) : undefined);
    }
  } finally {
    await this.terminal?.[Symbol.asyncDispose]();
    if (this.hasLab) {
      await this.workstation[Symbol.asyncDispose]();
      await this.lab[Symbol.asyncDispose]();
      // The next attempt walks: one that went on from the same saved machine would fail for the same reason.
      if (willBeRetried) await this.lab.discardWaypoints();
    }
    await this.api[Symbol.asyncDispose]();
    await this.cloud[Symbol.asyncDispose]();
    await this.desk[Symbol.asyncDispose]();
    await this.evidence.close();
  }
});

/** A call that the simulator does not know proves nothing, whatever the scenario made of its 404. */
function refuseUnknownCalls(api: ApiCustomer): void {
  const [unknown] = api.started ? api.provider.takeUnknownCalls() : [];
  if (unknown !== undefined) {
    const { method, url, nearest } = unknown;
    throw new Error(`Nothing in the simulator answers ${method} ${url}; the nearest route is ${nearest}.`);
  }
}
