import type { AccountPolicy } from './account-policy';
import type { LocalAccount } from './local-account';

/** Why Windows does not let somebody in who knows the password. */
export type AccountRefusal = 'disabled' | 'locked' | 'expired' | 'password-expired' | 'blank-password';
/** Why Windows does not let somebody in. */
export type LogonRefusal = 'wrong-password' | AccountRefusal;

/** At the machine's own console, or from elsewhere. */
export type LogonKind = 'console' | 'network';

/** Of a FILETIME. */
const MINUTE = 600_000_000n;
const DAY = 1440n * MINUTE;

export interface LogonRules {
  readonly policy: AccountPolicy;
  /** `Lsa\LimitBlankPasswordUse` is not 0: accounts without a password are for the console only. */
  readonly limitBlankPasswords: boolean;
  /** FILETIME of now. */
  readonly now: bigint;
}

/**
 * Why the account does not open for whom its password is known to, or undefined. A password that is too old, or that has
 * to be changed first, shuts the network out, where there is nobody to ask for a new one; the console lets it pass (our
 * choice: Windows asks for a new one there).
 */
export function accountRefusal(
  account: LocalAccount,
  kind: LogonKind,
  { policy, limitBlankPasswords, now }: LogonRules,
): AccountRefusal | undefined {
  if (!account.enabled) return 'disabled';
  if (account.locked && !isLockOver(account, policy, now)) return 'locked';
  if (account.expires !== undefined && account.expires <= now) return 'expired';
  if (kind === 'console') return undefined;
  if (!account.hasPassword) return limitBlankPasswords ? 'blank-password' : undefined;
  return isPasswordExpired(account, policy, now) ? 'password-expired' : undefined;
}

/** A lock of the policy ends by itself; one without a wrong password before it was set by hand, and stays (our choice). */
function isLockOver(
  { lastWrongPassword }: LocalAccount,
  { lockoutMinutes }: AccountPolicy,
  now: bigint,
): boolean {
  if (lockoutMinutes === undefined || lastWrongPassword === 0n) return false;
  return lastWrongPassword + BigInt(lockoutMinutes) * MINUTE <= now;
}

function isPasswordExpired(
  { passwordLastSet, passwordNeverExpires }: LocalAccount,
  { maximumPasswordDays }: AccountPolicy,
  now: bigint,
): boolean {
  if (passwordNeverExpires) return false;
  // 0: it must be changed at the next logon.
  if (passwordLastSet === 0n) return true;
  return (
    maximumPasswordDays !== undefined &&
    maximumPasswordDays > 0 &&
    passwordLastSet + BigInt(maximumPasswordDays) * DAY <= now
  );
}
