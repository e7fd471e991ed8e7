import assert from 'node:assert/strict';
import { startWorkstation } from '../simulators/lab';
import type { NovaProvider } from '../simulators/provider/nova';
import { novaAddresses, ProviderLab } from '../simulators/provider-lab';
import { Session } from '../simulators/vm';
import type { CommandResult, Workstation } from '../simulators/workstation';
import type { PkgcloudProgram } from './pkgcloud-program';

/**
 * Nadia at her workstation, with other people's clients and a cloud without machines. The cloud's clock runs: clients
 * compare the end of a token with their own.
 */
export class CloudDesk implements AsyncDisposable {
  readonly #owned = new AsyncDisposableStack();
  #cloud: NovaProvider | undefined;
  #workstation: Workstation | undefined;
  #settings: Readonly<Record<string, string>> = {};
  #result: CommandResult | undefined;
  #program: PkgcloudProgram | undefined;
  /** What her program was last answered, or the error. */
  answer: unknown;

  constructor(private readonly say: (line: string) => void) {}

  /** Starts the cloud, in the named dialect. */
  async open(dialect: 'nova' | 'rackspace'): Promise<NovaProvider> {
    const lab = this.#owned.use(
      await ProviderLab.start({ families: [dialect], panel: false, seed: 'scenario' }),
    );
    this.#cloud = dialect === 'nova' ? lab.nova : lab.rackspace;
    if (dialect === 'nova') {
      this.#settings = novaAddresses(this.cloud).environment;
    }
    return this.cloud;
  }

  get cloud(): NovaProvider {
    assert.ok(this.#cloud, 'The cloud of this scenario has not started yet.');
    return this.#cloud;
  }

  /** Her server's id, as the cloud knows it. */
  get serverId(): string {
    const { instances, projectId } = this.cloud;
    const server = instances.list().find((one) => one.projectId === projectId);
    assert.ok(server, 'She has no server.');
    return server.id;
  }

  /** Exports other settings than those that the lab prints; undefined unsets one. */
  export(changes: Readonly<Record<string, string | undefined>>): void {
    const changed = Object.entries({ ...this.#settings, ...changes });
    this.#settings = Object.fromEntries(
      changed.filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  }

  /** Types a command; what it printed is kept. Words with spaces stand in single quotes. */
  async type(command: string): Promise<CommandResult> {
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
    const [file = '', ...rest] = words;
    const shell = (await this.#computer()).commandLine(this.#settings);
    this.#result = await shell.run(file, rest);
    return this.#result;
  }

  get result(): CommandResult {
    assert.ok(this.#result, 'No command has been typed in this scenario yet.');
    return this.#result;
  }

  get program(): PkgcloudProgram {
    assert.ok(this.#program, 'She has no program of her own in this scenario yet.');
    return this.#program;
  }

  set program(program: PkgcloudProgram) {
    this.#program = program;
  }

  /** Waits until her server is at rest in this state; the cloud tells. */
  async settled(vmState: string): Promise<void> {
    const { instances } = this.cloud;
    const server = instances.get(this.serverId);
    const isThere = () => server.vmState === vmState && server.taskState === null;
    if (!isThere()) {
      await instances.events.waitFor('changed', isThere, { signal: AbortSignal.timeout(10_000) });
    }
  }

  async #computer(): Promise<Workstation> {
    if (this.#workstation === undefined) {
      const session = this.#owned.use(await Session.start());
      this.#workstation = this.#owned.use(await startWorkstation(session, this.say));
    }
    return this.#workstation;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}
