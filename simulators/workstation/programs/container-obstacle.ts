import { execa } from 'execa';

/** An engine that does not answer within this time (ms) is none. */
const DEADLINE = 5000;

/**
 * Why the image cannot be run by the Docker engine that DOCKER_HOST or the docker context names; undefined where it can.
 * Images are never pulled: a lab's image is made from Debian packages on the spot.
 */
export async function containerObstacle(image: string): Promise<string | undefined> {
  const docker = (...programArguments: string[]) =>
    execa('docker', programArguments, { reject: false, timeout: DEADLINE });
  const engine = await docker('version', '--format', '{{.Server.Version}}');
  if (engine.failed) return `no Docker engine answered: ${firstLine(engine.stderr || engine.shortMessage)}`;
  const inspected = await docker('image', 'inspect', '--format', '{{.Id}}', image);
  if (inspected.failed) return `the Docker engine has no image ${image}`;
  return undefined;
}

function firstLine(text: string | undefined): string {
  return text?.trim().split('\n')[0] ?? '';
}
