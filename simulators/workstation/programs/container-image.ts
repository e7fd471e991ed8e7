import { execa } from 'execa';
import { type ContainerEngine, findContainerEngine } from './container-engine';

/** A container image that is made on the spot: no registry takes part. */
export interface ContainerImage {
  /** `repository:tag`; another content has another tag. */
  readonly name: string;
  /** Makes the archive for `docker load` where there is none yet, and says where it is. */
  archive(): Promise<string>;
}

/** Half a gigabyte takes seconds; an engine that needs longer (ms) hangs. */
const LOAD_DEADLINE = 300_000;
const DEADLINE = 30_000;

/** Brings the image into the engine unless it is there. Doing so twice at once is harmless. */
export async function loadImage(engine: ContainerEngine, image: ContainerImage): Promise<void> {
  if (await hasImage(engine, image.name)) return;
  const archive = await image.archive();
  try {
    await docker(engine, ['load', '--quiet', '--input', archive], LOAD_DEADLINE);
  } catch (cause) {
    throw new Error(`the Docker engine did not take the image ${image.name}: ${shortMessage(cause)}`, {
      cause,
    });
  }
  if (!(await hasImage(engine, image.name)))
    throw new Error(`the archive ${archive} does not hold the image ${image.name}`);
}

/**
 * Removes other tags of the image's repository from the engine that answers, if one does.
 * @param name the image that stays, `repository:tag`
 * @returns the names of the removed ones
 */
export async function pruneContainerImages(name: string): Promise<string[]> {
  const engine = await findContainerEngine().catch(() => undefined);
  if (!engine) return [];
  const [repository = name] = name.split(':');
  const format = '{{.Repository}}:{{.Tag}}';
  const { stdout } = await docker(engine, ['image', 'ls', repository, '--format', format]);
  const removed: string[] = [];
  for (const other of stdout.split('\n').filter((line) => line !== '' && line !== name)) {
    // An image that a container uses is another run's, and stays.
    const done = await docker(engine, ['image', 'rm', other]).catch(() => undefined);
    if (done) removed.push(other);
  }
  return removed;
}

async function hasImage(engine: ContainerEngine, name: string): Promise<boolean> {
  const found = docker(engine, ['image', 'inspect', '--format', '{{.Id}}', name]);
  return found.then(
    () => true,
    () => false,
  );
}

function docker({ host }: ContainerEngine, words: readonly string[], timeout = DEADLINE) {
  return execa('docker', ['--host', host, ...words], { timeout, stdin: 'ignore' });
}

function shortMessage(error: unknown): string {
  const { stderr, shortMessage } = error as { stderr?: string; shortMessage?: string };
  return stderr?.trim().split('\n').at(-1) || shortMessage || String(error);
}
