import type { Accounts } from './accounts';
import type { SessionSource } from './http-session';
import type { InstanceMemory } from './instance-memory';
import type { SystemControl } from './system-control';

export interface Provisioning {
  readonly source: SessionSource;
  readonly accounts: Accounts;
  readonly system: SystemControl;
  readonly memory: InstanceMemory;
  /** Tells the rest of the guest its new name. */
  readonly rename: (hostName: string) => void;
  readonly log: (sentence: string) => void;
  /** Called, and waited for, when the provider has nothing yet. */
  readonly onWaiting: () => Promise<void>;
}

/**
 * Waits for the session document, applies it (clock, randomness, name, password), checks that the password works and
 * says so. A cloud's instance gets its password at its first start only: who has changed it since keeps it.
 * @throws when the document cannot be applied, with what failed.
 */
export async function provision(
  { source, accounts, system, memory, rename, log, onWaiting }: Provisioning,
  signal: AbortSignal,
): Promise<void> {
  const session = await source.next(signal, onWaiting);
  if (session.time) await system.setClock(session.time);
  if (session.entropy) await system.addEntropy(session.entropy);
  if (session.hostName !== undefined) {
    rename(session.hostName);
    await system.setHostName(session.hostName);
  }
  const { instance } = session;
  if (session.password === undefined) log('The provider gave no password; the accounts keep theirs.');
  else if (instance !== undefined && (await memory.hasPassword(instance))) {
    log('The password of this instance was set at its first start; the accounts keep theirs.');
  } else {
    const user = await accounts.find(session.user);
    if (user === undefined) {
      throw new Error(`The provider gave a password for "${session.user}", and there is no such account.`);
    }
    await accounts.setPassword(user, session.password);
    if ((await accounts.logOn(user, session.password, 'network')) !== undefined) {
      throw new Error(
        `The password of ${user} was set and does not work: is the account disabled or locked?`,
      );
    }
    if (instance !== undefined) await memory.passwordIsSet(instance);
    log(`The password of ${user} is set.`);
  }
  await source.ready(signal);
}
