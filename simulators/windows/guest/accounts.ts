/** An account that may log in, with what network logins check. */
export interface AccountSecret {
  readonly name: string;
  /** Sixteen bytes; undefined for an account without a password. */
  readonly ntHash: Uint8Array | undefined;
}

/** The local accounts of the running system. Names are found in any case. */
export interface Accounts {
  /** Enabled accounts, with their hashes. */
  list(): Promise<readonly AccountSecret[]>;
  /** The name as it is stored; the built-in administrator's for an empty one; undefined where there is none. */
  find(user: string): Promise<string | undefined>;
  /** Whether an enabled account has this password. */
  verify(user: string, password: string): Promise<boolean>;
  /** Throws an Error for an account that is not there. */
  setPassword(user: string, password: string): Promise<void>;
  /** Calls the listener after each change of a password; a change is done when the listener is. */
  onChange(listener: () => Promise<void>): void;
}
