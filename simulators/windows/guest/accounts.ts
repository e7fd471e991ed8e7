import type { LogonKind, LogonRefusal } from '../../disk/sam';

/** An account that may log in, with what network logins check. */
export interface AccountSecret {
  readonly name: string;
  /** Sixteen bytes; undefined for an account that the network does not open without a password. */
  readonly ntHash: Uint8Array | undefined;
  /** Remote Desktop is open to it. */
  readonly remoteDesktop: boolean;
}

/** The local accounts of the running system. Names are found in any case. */
export interface Accounts {
  /** Accounts that may log in over the network, with their hashes; those without a password have none. */
  list(): Promise<readonly AccountSecret[]>;
  /** The name as it is stored; the built-in administrator's for an empty one; undefined where there is none. */
  find(user: string): Promise<string | undefined>;
  /** Why the user is not let in with this password; undefined where he is. */
  logOn(user: string, password: string, kind: LogonKind): Promise<LogonRefusal | undefined>;
  /** Throws an Error for an account that is not there. */
  setPassword(user: string, password: string): Promise<void>;
  /** Calls the listener after each change of a password; a change is done when the listener is. */
  onChange(listener: () => Promise<void>): void;
}
