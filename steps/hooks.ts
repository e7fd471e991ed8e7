import {
  After,
  Before,
  type ITestCaseHookParameter,
  parallelCanAssignHelpers,
  Status,
  setDefaultTimeout,
  setParallelCanAssign,
} from '@cucumber/cucumber';
import {
  attachEvidenceFolder,
  attachFacts,
  attachWaits,
  Evidence,
  runFolder,
  runSecrets,
  scenarioSlug,
} from '../simulators/evidence';
import { Lab, type LabEvent, startWorkstation, wordsFor } from '../simulators/lab';
import { qemuVersion } from '../simulators/vm';
import { hearWaits, sumWaits, waitingFor } from '../simulators/waits';
import { ApiCustomer } from './api-customer';
import { NovaCustomer } from './nova-customer';
import type { RescueWorld } from './world';

/** A cold walk into the nested rescue system takes about a minute on two cores under TCG; each wait has its own deadline. */
setDefaultTimeout(10 * 60_000);

/** A machine in a machine keeps two processors busy: one of them at a time, beside scenarios of the other kinds. */
setParallelCanAssign(parallelCanAssignHelpers.atMostOnePicklePerTag(['@nested']));

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
  this.ear = hearWaits((wait) => this.waits.push(wait));
  this.api = new ApiCustomer((provider) =>
    provider.events.on('exchange', (exchange) => onEvent({ kind: 'exchange', ...exchange })),
  );
  this.cloud = new NovaCustomer((exchange) => onEvent({ kind: 'exchange', ...exchange }));
  this.startLab = async (options) => {
    const lab = await waitingFor('start of the lab', () =>
      Lab.start({
        ...options,
        onEvent,
        evidenceDirectory: this.evidence.folder,
        ...(cold ? { waypoints: false } : {}),
      }),
    );
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
    await waitingFor('evidence and end of the lab', () =>
      endScenario(this, result?.status === Status.FAILED, willBeRetried),
    );
  } finally {
    this.ear?.[Symbol.dispose]();
    attachWaits((text, type) => this.attach(text, type), sumWaits(this.waits));
  }
});

async function endScenario(world: RescueWorld, failed: boolean, willBeRetried = false): Promise<void> {
  try {
    refuseUnknownCalls(world.api);
    if (world.hasLab) {
      const keep = failed ? (png: Uint8Array, text: string) => world.keep(png, text) : undefined;
      await world.lab.collectEvidence(world.evidence, keep);
    }
  } finally {
    await world.terminal?.[Symbol.asyncDispose]();
    if (world.hasLab) {
      await world.workstation[Symbol.asyncDispose]();
      await world.lab[Symbol.asyncDispose]();
      // The next attempt walks: one that went on from the same saved machine would fail for the same reason.
      if (willBeRetried) await world.lab.discardWaypoints();
    }
    await world.api[Symbol.asyncDispose]();
    await world.cloud[Symbol.asyncDispose]();
    await world.desk[Symbol.asyncDispose]();
    await world.evidence.close();
  }
}

/** A call that the simulator does not know proves nothing, whatever the scenario made of its 404. */
function refuseUnknownCalls(api: ApiCustomer): void {
  const [unknown] = api.takeUnknownCalls();
  if (unknown !== undefined) {
    const { method, url, nearest } = unknown;
    throw new Error(`Nothing in the simulator answers ${method} ${url}; the nearest route is ${nearest}.`);
  }
}
