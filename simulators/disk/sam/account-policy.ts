import { readU16, readU32, readU64, writeU16, writeU64 } from '../bytes';
import type { Hive } from '../regf';
import { SamError } from './sam-error';
import { ACCOUNT_DOMAIN, samRecord } from './sam-keys';

/** Offsets in the account domain's F value, as the SAM samples and chntpw's sources have them. */
const Field = {
  maximumAge: 0x18,
  minimumAge: 0x20,
  lockoutDuration: 0x30,
  lockoutWindow: 0x38,
  properties: 0x4c,
  minimumLength: 0x50,
  history: 0x52,
  lockoutThreshold: 0x54,
  end: 0x58,
} as const;

const COMPLEX = 1;
/** Times are negative FILETIME spans (100 ns steps); the smallest number means "never". */
const FOREVER = 0x8000000000000000n;
const MINUTE = 600_000_000n;
const DAY = 1440n * MINUTE;

/** What the SAM asks of passwords and when it locks accounts. */
export interface AccountPolicy {
  /** Days; undefined: passwords do not expire. */
  readonly maximumPasswordDays: number | undefined;
  readonly minimumPasswordDays: number;
  readonly minimumPasswordLength: number;
  /** How many old passwords are remembered. */
  readonly passwordHistory: number;
  readonly complexPasswords: boolean;
  /** Wrong passwords until an account is locked; 0: never. */
  readonly lockoutThreshold: number;
  /** Minutes; undefined: until someone unlocks it. */
  readonly lockoutMinutes: number | undefined;
  readonly lockoutWindowMinutes: number;
}

/** Throws a SamError where the hive holds no account domain. */
export function accountPolicyOf(sam: Hive): AccountPolicy {
  const f = domainRecord(sam);
  const days = (at: number) => spanOf(f, at, DAY);
  const minutes = (at: number) => spanOf(f, at, MINUTE);
  return {
    maximumPasswordDays: days(Field.maximumAge),
    minimumPasswordDays: days(Field.minimumAge) ?? 0,
    minimumPasswordLength: readU16(f, Field.minimumLength),
    passwordHistory: readU16(f, Field.history),
    complexPasswords: (readU32(f, Field.properties) & COMPLEX) !== 0,
    lockoutThreshold: readU16(f, Field.lockoutThreshold),
    lockoutMinutes: minutes(Field.lockoutDuration),
    lockoutWindowMinutes: minutes(Field.lockoutWindow) ?? 0,
  };
}

/** Changes what is given; an undefined maximum age counts only where its name is there ("passwords do not expire"). */
export function changeAccountPolicy(
  sam: Hive,
  change: Partial<Omit<AccountPolicy, 'complexPasswords'>>,
): void {
  const f = domainRecord(sam).slice();
  const span = (at: number, value: number | undefined, unit: bigint) =>
    writeU64(f, at, value === undefined ? FOREVER : BigInt.asUintN(64, -BigInt(value) * unit));
  if ('maximumPasswordDays' in change) span(Field.maximumAge, change.maximumPasswordDays, DAY);
  if ('lockoutMinutes' in change) span(Field.lockoutDuration, change.lockoutMinutes, MINUTE);
  if (change.minimumPasswordDays !== undefined) span(Field.minimumAge, change.minimumPasswordDays, DAY);
  if (change.lockoutWindowMinutes !== undefined)
    span(Field.lockoutWindow, change.lockoutWindowMinutes, MINUTE);
  if (change.minimumPasswordLength !== undefined)
    writeU16(f, Field.minimumLength, change.minimumPasswordLength);
  if (change.passwordHistory !== undefined) writeU16(f, Field.history, change.passwordHistory);
  if (change.lockoutThreshold !== undefined) writeU16(f, Field.lockoutThreshold, change.lockoutThreshold);
  sam.key(ACCOUNT_DOMAIN)?.setBinary('F', f);
}

/** Whole days or minutes of a span; undefined for "never". */
function spanOf(f: Uint8Array, at: number, unit: bigint): number | undefined {
  const stored = readU64(f, at);
  if (stored === FOREVER) return undefined;
  return Number(-BigInt.asIntN(64, stored) / unit);
}

function domainRecord(sam: Hive): Uint8Array {
  const domain = sam.key(ACCOUNT_DOMAIN);
  if (domain === undefined) {
    throw new SamError({ key: ACCOUNT_DOMAIN }, 0, 'the hive has no account domain, so it is no SAM');
  }
  return samRecord(domain, 'F', Field.end).data;
}
