import type { Account } from './account';
import type { Tokens } from './tokens';

/** What the identity service's faces work with. */
export interface Identity {
  readonly account: Account;
  readonly tokens: Tokens;
  readonly region: string;
}
