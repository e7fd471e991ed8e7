import { randomBytes } from 'node:crypto';
import { fileTimeFromUnix } from '../../disk/regf';
import { limitBlankPasswordsOf } from '../../disk/registry';
import {
  type AccountRefusal,
  accountPolicyOf,
  accountRefusal,
  BuiltinGroup,
  bootKeyOf,
  type LogonKind,
  type LogonRefusal,
  type LogonRules,
  ntHash,
  SamDatabase,
} from '../../disk/sam';
import { type FileAccess, readHiveFile, writeHiveFile } from '../shell';
import type { AccountSecret, Accounts } from './accounts';

const administratorRid = 500;
/** Whose members may log on through Remote Desktop Services: the default of that user right (documented). */
const REMOTE_DESKTOP_GROUPS: readonly number[] = [
  BuiltinGroup.administrators,
  BuiltinGroup.remoteDesktopUsers,
];

/**
 * Accounts kept in the SAM hive of a Windows folder, which the SYSTEM hive beside it holds the key for.
 * @param folder e.g. `C:\Windows\System32\config`
 */
export class SamAccounts implements Accounts {
  readonly #files: FileAccess;
  readonly #folder: string;
  readonly #listeners: (() => Promise<void>)[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(files: FileAccess, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  /** The hives are read anew each time: tools may have changed them. */
  async #open(): Promise<{ database: SamDatabase; rules: LogonRules }> {
    const clock = (): bigint => fileTimeFromUnix(Date.now());
    const system = await readHiveFile(this.#files, `${this.#folder}\\SYSTEM`);
    const sam = await readHiveFile(this.#files, `${this.#folder}\\SAM`, { clock });
    const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
    return {
      database: SamDatabase.open(sam, () => bootKeyOf(system), { clock, random }),
      rules: {
        policy: accountPolicyOf(sam),
        limitBlankPasswords: limitBlankPasswordsOf(system),
        now: clock(),
      },
    };
  }

  async list(): Promise<readonly AccountSecret[]> {
    const { database, rules } = await this.#open();
    const blank = rules.limitBlankPasswords ? undefined : ntHash('');
    const remote = new Set(
      database
        .listGroups()
        .filter(({ rid }) => REMOTE_DESKTOP_GROUPS.includes(rid))
        .flatMap(({ members }) => members),
    );
    return database
      .listAccounts()
      .filter((account) => isKnownToNetwork(accountRefusal(account, 'network', rules)))
      .map(({ name, rid }) => ({
        name,
        ntHash: database.ntHashOf(name) ?? blank,
        remoteDesktop: remote.has(rid),
      }));
  }

  async find(user: string): Promise<string | undefined> {
    const { database } = await this.#open();
    if (user !== '') return database.account(user)?.name;
    return database.listAccounts().find(({ rid }) => rid === administratorRid)?.name;
  }

  async logOn(user: string, password: string, kind: LogonKind): Promise<LogonRefusal | undefined> {
    const { database, rules } = await this.#open();
    const account = database.account(user);
    // Whoever does not know the password learns nothing of the account.
    if (account === undefined) return 'wrong-password';
    const isRight = database.verifyPassword(account.name, password);
    const refusal = accountRefusal(account, kind, rules);
    // A policy that locks nobody counts nothing (our choice): the hive is not written at each attempt.
    if (!isRight && rules.policy.lockoutThreshold > 0 && refusal !== 'locked')
      await this.#change((sam) => sam.countWrongPassword(account.name, rules.policy, rules.now));
    if (isRight && refusal === undefined && account.badPasswords > 0)
      await this.#change((sam) => sam.setLocked(account.name, false));
    return isRight ? refusal : 'wrong-password';
  }

  setPassword(user: string, password: string): Promise<void> {
    return this.#change((sam) => sam.setPassword(user, password));
  }

  onChange(listener: () => Promise<void>): void {
    this.#listeners.push(listener);
  }

  #change(work: (database: SamDatabase) => void): Promise<void> {
    const change = async (): Promise<void> => {
      const { database } = await this.#open();
      work(database);
      await writeHiveFile(this.#files, `${this.#folder}\\SAM`, database.hive);
      for (const listener of this.#listeners) await listener();
    };
    // One change after the other, whatever became of the one before.
    const done = this.#writing.then(change, change);
    this.#writing = done.catch(() => undefined);
    return done;
  }
}

/** The SSH server shall know accounts without a password, so that it asks for one and refuses whatever is given. */
const isKnownToNetwork = (refusal: AccountRefusal | undefined): boolean =>
  refusal === undefined || refusal === 'blank-password';
