import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { reapStaleContainers } from '../vm';
import { chooseFlavour, describeFlavour, type Flavour, type FlavourWishes } from './choose-flavour';
import { type ContainerOwner, ContainerPrograms } from './programs/container-programs';
import { HostPrograms } from './programs/host-programs';
import type { Programs } from './programs/programs';
import { Workstation } from './workstation';

export interface WorkstationOptions extends FlavourWishes {
  /** An existing folder of the session; the workstation makes and removes its own inside. Keep it short: SSH sockets lie there. */
  readonly directory: string;
  /** Marks every process, such as `Session.environment`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The session that ends with the run, and the container with it. */
  readonly owner?: ContainerOwner;
}

/** Makes the customer's computer: in a container where that is possible, otherwise of the same programs on this host. */
export async function chooseWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const directory = await mkdtemp(join(options.directory, 'ws-'));
  try {
    return new Workstation(new OwnFolder(await choosePrograms(options, directory)));
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function choosePrograms(options: WorkstationOptions, directory: string): Promise<Programs> {
  const { environment = {}, owner } = options;
  const onHost = (flavour: Flavour) => new HostPrograms(directory, environment, describeFlavour(flavour));
  const flavour = await chooseFlavour(options);
  if (flavour.kind === 'host') return onHost(flavour);
  const { engine, image } = flavour;
  const description = describeFlavour(flavour);
  try {
    await reapStaleContainers(engine.host);
    return await ContainerPrograms.start({ engine, image, directory, environment, owner, description });
  } catch (cause) {
    const reason = `the Docker engine did not start a container of ${image}: ${String(cause)}`;
    if (options.flavour !== 'container') return onHost({ kind: 'host', reason });
    throw new Error(`The workstation cannot run in a container: ${reason}.`, { cause });
  }
}

/** Removes the programs' folder after them. */
class OwnFolder implements Programs {
  constructor(private readonly programs: Programs) {}

  get kind() {
    return this.programs.kind;
  }
  get description() {
    return this.programs.description;
  }
  get directory() {
    return this.programs.directory;
  }
  get environment() {
    return this.programs.environment;
  }
  start: Programs['start'] = (program) => this.programs.start(program);

  async [Symbol.asyncDispose](): Promise<void> {
    await this.programs[Symbol.asyncDispose]();
    await rm(this.directory, { recursive: true, force: true });
  }
}
