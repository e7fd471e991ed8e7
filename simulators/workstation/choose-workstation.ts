import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { containerObstacle } from './programs/container-obstacle';
import { ContainerPrograms } from './programs/container-programs';
import { HostPrograms } from './programs/host-programs';
import type { Programs } from './programs/programs';
import { Workstation } from './workstation';

export interface WorkstationOptions {
  /** An existing folder of the session; the workstation makes and removes its own inside. Keep it short: SSH sockets lie there. */
  readonly directory: string;
  /** Marks every process, such as `Session.environment`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Labels of the container, so that a reaper can find it. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Name of a local container image that has ssh, xfreerdp, Xvfb and chromium. */
  readonly image?: string;
  /** `auto` takes a container where a Docker engine answers and has the image. */
  readonly flavour?: 'auto' | 'host' | 'container';
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
  const { image, environment = {}, labels = {}, flavour = 'auto' } = options;
  if (flavour === 'host') return new HostPrograms(directory, environment, 'as asked for');
  if (image === undefined) {
    if (flavour === 'container')
      throw new Error(
        'A workstation in a container needs an image: name one that holds ssh, xfreerdp, Xvfb and chromium.',
      );
    return new HostPrograms(directory, environment, 'no container image was named');
  }
  const obstacle = await containerObstacle(image);
  if (obstacle === undefined) return ContainerPrograms.start({ image, directory, environment, labels });
  if (flavour === 'container') throw new Error(`The workstation cannot run in a container: ${obstacle}.`);
  return new HostPrograms(directory, environment, obstacle);
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
