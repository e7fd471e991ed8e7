import type { SecretStore } from '../secrets';
import { WINDOWS_RESCUE } from './boot-list';
import type { RescueAccess } from './rescue-system';
import type { DedicatedServer } from './server';

/** One way to log in to a server; `secretId` is what `/secret/retrieve` turns into the password. */
export interface Login {
  readonly type: RescueAccess;
  readonly user: string;
  /** Null where the customer's SSH key takes its place. */
  readonly secretId: string | null;
}

/**
 * The logins of the rescue system that runs now, each with a new secret; none before it is ready, and none for
 * a server on its own disk. Whether the provider lists Windows rescue logins here is an assumption.
 */
export function loginsOf(
  server: DedicatedServer,
  secrets: SecretStore,
  windowsLogins: 'listed' | 'absent',
): Login[] {
  const { boot } = server;
  const isListed = windowsLogins === 'listed' || boot?.entry.kernel !== WINDOWS_RESCUE;
  if (boot?.session === undefined || !boot.ready || !isListed) {
    return [];
  }
  const { accesses, user, password, sshKey } = boot.session;
  return accesses.map((type) => ({
    type,
    user,
    secretId: sshKey === undefined ? secrets.create(password) : null,
  }));
}
