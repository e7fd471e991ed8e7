import { join } from 'node:path';
import type { StartedTestContainer } from 'testcontainers';
import { startWithExeca } from './execa-program';
import type { Program, Programs, RunningProgram } from './programs';

/** Notes the program's process id, then becomes the program: `docker exec` gives no other way to end it later. */
const NOTE_PROCESS = 'echo $$ > "$0"; exec "$@"';

/** Runs the customer's programs in one container that shares this host's network. */
export class ContainerPrograms implements Programs {
  readonly kind = 'container';
  readonly description: string;
  readonly #running = new Set<RunningProgram>();
  #programs = 0;

  private constructor(
    readonly directory: string,
    readonly environment: Readonly<Record<string, string>>,
    private readonly container: StartedTestContainer,
    image: string,
  ) {
    this.description = `programs of the container image ${image}`;
  }

  /** `labels` mark the container, so that a reaper can find it. */
  static async start(options: {
    readonly image: string;
    readonly directory: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
  }): Promise<ContainerPrograms> {
    // The library's own reaper is an image that would have to be pulled.
    process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
    // The host's network is shared: no need to ask a bridge, or a pulled image, for the way to the engine's host.
    process.env['TESTCONTAINERS_HOST_OVERRIDE'] ??= '127.0.0.1';
    const { GenericContainer } = await import('testcontainers');
    const { image, directory, environment, labels } = options;
    const container = await new GenericContainer(image)
      .withNetworkMode('host')
      .withBindMounts([{ source: directory, target: directory, mode: 'rw' }])
      .withLabels({ ...labels })
      .withCommand(['sleep', 'infinity'])
      .start();
    return new ContainerPrograms(directory, environment, container, image);
  }

  start(program: Program): RunningProgram {
    const environment = { HOME: this.directory, ...this.environment, ...program.environment };
    const processFile = join(this.directory, `process-${++this.#programs}`);
    // Names only: the values travel in the environment of the docker program.
    const names = Object.keys(environment).flatMap((name) => ['--env', name]);
    const running = startWithExeca(
      'docker',
      [
        'exec',
        '-i',
        ...names,
        this.container.getId(),
        'sh',
        '-c',
        NOTE_PROCESS,
        processFile,
        program.file,
        ...program.arguments,
      ],
      environment,
      () => this.#end(processFile),
    );
    this.#running.add(running);
    const forget = () => this.#running.delete(running);
    running.ended.then(forget, forget);
    return running;
  }

  async #end(processFile: string): Promise<void> {
    const kill = ['sh', '-c', 'kill "$(cat "$0")"', processFile];
    const ender = startWithExeca('docker', ['exec', this.container.getId(), ...kill], {});
    await ender.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.stop()));
    await this.container.stop({ remove: true, removeVolumes: true });
  }
}
