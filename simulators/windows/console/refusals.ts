import type { LogonRefusal } from '../../disk/sam';

const WRONG_PASSWORD = 'The user name or password is incorrect.';

/** What Windows says at the console to somebody whom it does not let in (known texts). */
export const REFUSALS: Readonly<Record<LogonRefusal, string>> = {
  'wrong-password': WRONG_PASSWORD,
  disabled: 'Your account has been disabled. Please see your system administrator.',
  locked: 'The referenced account is currently locked out and may not be logged on to.',
  expired: "The user's account has expired.",
  // The console refuses nobody for one of these.
  'password-expired': WRONG_PASSWORD,
  'blank-password': WRONG_PASSWORD,
};
