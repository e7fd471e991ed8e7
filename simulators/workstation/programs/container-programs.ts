import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StartedTestContainer } from 'testcontainers';
import type { ContainerEngine } from './container-engine';
import { startWithExeca } from './execa-program';
import type { Program, Programs, RunningProgram } from './programs';

/** Notes the program's process id, then becomes the program: `docker exec` gives no other way to end it later. */
const NOTE_PROCESS = 'echo $$ > "$0"; exec "$@"';

/** Who sees to it that a container is removed, also when this process is killed: a `Session`. */
export interface ContainerOwner {
  makeContainer<Container>(
    engine: string,
    make: (labels: Readonly<Record<string, string>>) => Promise<Container>,
  ): Promise<Container>;
}

export interface ContainerProgramsOptions {
  readonly engine: ContainerEngine;
  readonly image: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly owner: ContainerOwner | undefined;
  readonly description: string;
}

/** Runs the customer's programs in one container that shares this host's network, as the present user. */
export class ContainerPrograms implements Programs {
  readonly kind = 'container';
  readonly #running = new Set<RunningProgram>();
  #programs = 0;

  private constructor(
    private readonly options: ContainerProgramsOptions,
    private readonly container: StartedTestContainer,
  ) {}

  static async start(options: ContainerProgramsOptions): Promise<ContainerPrograms> {
    const { engine, owner } = options;
    const make = (labels: Readonly<Record<string, string>>) => startContainer(options, labels);
    return new ContainerPrograms(options, await (owner ? owner.makeContainer(engine.host, make) : make({})));
  }

  get description(): string {
    return this.options.description;
  }
  get directory(): string {
    return this.options.directory;
  }
  get environment(): Readonly<Record<string, string>> {
    return this.options.environment;
  }

  start(program: Program): RunningProgram {
    const environment = { HOME: this.directory, ...this.environment, ...program.environment };
    const processFile = join(this.directory, `process-${++this.#programs}`);
    // Names only: the values travel in the environment of the docker program.
    const names = Object.keys(environment).flatMap((name) => ['--env', name]);
    const words = ['sh', '-c', NOTE_PROCESS, processFile, program.file, ...program.arguments];
    const running = startWithExeca('docker', this.#exec(['-i', ...names], words), environment, () =>
      this.#end(processFile),
    );
    this.#running.add(running);
    const forget = () => this.#running.delete(running);
    running.ended.then(forget, forget);
    return running;
  }

  async #end(processFile: string): Promise<void> {
    const kill = ['sh', '-c', 'kill "$(cat "$0")"', processFile];
    await startWithExeca('docker', this.#exec([], kill), {}).ended;
  }

  #exec(options: readonly string[], words: readonly string[]): string[] {
    return ['--host', this.options.engine.host, 'exec', ...options, this.container.getId(), ...words];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.stop()));
    await this.container.stop({ remove: true, removeVolumes: true });
  }
}

async function startContainer(
  { engine, image, directory, environment }: ContainerProgramsOptions,
  labels: Readonly<Record<string, string>>,
): Promise<StartedTestContainer> {
  // The library knows no contexts: it is told which engine was found.
  process.env['DOCKER_HOST'] = engine.host;
  // The host's network is shared: no need to ask a bridge, or a pulled image, for the way to the engine's host.
  process.env['TESTCONTAINERS_HOST_OVERRIDE'] ??= '127.0.0.1';
  const { GenericContainer, PullPolicy } = await import('testcontainers');
  // Files that programs write are this user's, who has to remove them.
  const [uid, gid] = engine.rootless ? [0, 0] : [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const users = join(directory, 'passwd');
  // OpenSSH does not run for a user without a name.
  const customer = uid === 0 ? '' : `customer:x:${uid}:${gid}::${directory}:/bin/sh\n`;
  writeFileSync(users, `root:x:0:0::${directory}:/bin/sh\n${customer}`);
  return (
    new GenericContainer(image)
      .withPullPolicy(PullPolicy.neverPull())
      // The library's own reaper is an image that would have to be pulled, and leaves a lock file.
      .withAutoCleanup(false)
      .withNetworkMode('host')
      .withBindMounts([
        { source: directory, target: directory, mode: 'rw' },
        { source: users, target: '/etc/passwd', mode: 'ro' },
      ])
      .withUser(`${uid}:${gid}`)
      .withEnvironment({ ...environment })
      .withLabels({ ...labels })
      .withCommand(['sleep', 'infinity'])
      .start()
  );
}
