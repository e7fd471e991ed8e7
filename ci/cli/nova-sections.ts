import type { novaAddresses } from '../../simulators/provider-lab';

type NovaAddresses = ReturnType<typeof novaAddresses>;

/** The nova provider for people, without what only a shell reads. */
export function novaSection({ environment: _, ...addresses }: NovaAddresses) {
  return ['nova API', addresses] as const;
}

/** The line that points `openstack` and `nova` at the provider. */
export function novaEnvironment({ environment }: NovaAddresses): string {
  const words = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return `For the commands openstack and nova:\n  export ${words.join(' ')}\n\n`;
}
