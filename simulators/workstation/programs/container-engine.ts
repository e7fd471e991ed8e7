import { execa } from 'execa';

/** A container engine on this host that shares its folders, network and users with what it runs. */
export interface ContainerEngine {
  /** Where it listens, as `docker --host` takes it: `unix:///path`. */
  readonly host: string;
  readonly version: string;
  /** Run by the present user: that user's files belong to root inside its containers. */
  readonly rootless: boolean;
}

/** An engine that does not answer within this time (ms) is none. */
const DEADLINE = 5000;

/**
 * Finds the Docker engine that DOCKER_HOST or docker's context names.
 * @throws an error whose message says in a phrase why there is none that can be used
 */
export async function findContainerEngine(): Promise<ContainerEngine> {
  const endpoint = await docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}');
  if (endpoint.code === 'ENOENT') throw new Error('the program docker is not installed');
  const host = endpoint.stdout.trim();
  if (!host.startsWith('unix://'))
    throw new Error(`the Docker engine at ${host || 'no known place'} is not known to run on this host`);
  const ask = (...words: string[]) => docker('--host', host, ...words);
  const [version, security] = await Promise.all([
    ask('version', '--format', '{{.Server.Version}}'),
    ask('info', '--format', '{{json .SecurityOptions}}'),
  ]);
  if (version.failed) throw new Error(`no Docker engine answered: ${firstLine(version)}`);
  if (security.failed) throw new Error(`the Docker engine did not describe itself: ${firstLine(security)}`);
  if (security.stdout.includes('name=userns'))
    throw new Error("the Docker engine maps users, so its programs could not read this user's files");
  return { host, version: version.stdout.trim(), rootless: security.stdout.includes('name=rootless') };
}

async function docker(...words: string[]) {
  return execa('docker', words, { reject: false, timeout: DEADLINE, stdin: 'ignore' });
}

function firstLine({ stderr, shortMessage }: { stderr: string; shortMessage?: string | undefined }): string {
  return (stderr.trim() || shortMessage || 'no reason given').split('\n')[0] ?? '';
}
