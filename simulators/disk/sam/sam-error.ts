import { RegistryValueError } from '../registry';

/** A SAM or SYSTEM hive that lacks what local accounts need, or holds it damaged: which key, which value, which byte. */
export class SamError extends RegistryValueError {
  override readonly name = 'SamError';
}

/** A request about accounts that the SAM understood and refused: no such account, a name that is taken or not allowed. */
export class AccountError extends Error {
  override readonly name = 'AccountError';

  constructor(
    readonly refusal: 'no-such-account' | 'account-exists' | 'bad-name' | 'built-in' | 'no-such-group',
    message: string,
  ) {
    super(message);
  }
}
