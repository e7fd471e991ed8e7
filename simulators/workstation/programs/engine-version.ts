import { execa } from 'execa';

/** An engine that does not answer within this time (ms) is none. */
const DEADLINE = 5000;

/** Asks the Docker engine that DOCKER_HOST or the docker context names for its version. */
export async function engineVersion(): Promise<{ readonly version: string } | { readonly reason: string }> {
  const result = await execa('docker', ['version', '--format', '{{.Server.Version}}'], {
    reject: false,
    timeout: DEADLINE,
  });
  const version = result.stdout?.trim();
  if (!result.failed && version) return { version };
  return { reason: result.stderr?.trim() || result.shortMessage || 'docker said nothing' };
}
