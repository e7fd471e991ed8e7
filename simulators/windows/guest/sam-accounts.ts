import { randomBytes } from 'node:crypto';
import { fileTimeFromUnix } from '../../disk/regf';
import { bootKeyOf, type LocalAccount, SamDatabase } from '../../disk/sam';
import { type FileAccess, readHiveFile, writeHiveFile } from '../shell';
import type { AccountSecret, Accounts } from './accounts';

const administratorRid = 500;

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
  async #open(): Promise<SamDatabase> {
    const clock = (): bigint => fileTimeFromUnix(Date.now());
    const system = await readHiveFile(this.#files, `${this.#folder}\\SYSTEM`);
    const sam = await readHiveFile(this.#files, `${this.#folder}\\SAM`, { clock });
    const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
    return SamDatabase.open(sam, () => bootKeyOf(system), { clock, random });
  }

  async list(): Promise<readonly AccountSecret[]> {
    const database = await this.#open();
    return database
      .listAccounts()
      .filter(mayLogIn)
      .map(({ name }) => ({ name, ntHash: database.ntHashOf(name) }));
  }

  async find(user: string): Promise<string | undefined> {
    const database = await this.#open();
    if (user !== '') return database.account(user)?.name;
    return database.listAccounts().find(({ rid }) => rid === administratorRid)?.name;
  }

  async verify(user: string, password: string): Promise<boolean> {
    const database = await this.#open();
    const account = database.account(user);
    return account !== undefined && mayLogIn(account) && database.verifyPassword(account.name, password);
  }

  setPassword(user: string, password: string): Promise<void> {
    const change = async (): Promise<void> => {
      const database = await this.#open();
      database.setPassword(user, password);
      await writeHiveFile(this.#files, `${this.#folder}\\SAM`, database.hive);
      for (const listener of this.#listeners) await listener();
    };
    // One change after the other, whatever became of the one before.
    const done = this.#writing.then(change, change);
    this.#writing = done.catch(() => undefined);
    return done;
  }

  onChange(listener: () => Promise<void>): void {
    this.#listeners.push(listener);
  }
}

const mayLogIn = ({ enabled, locked }: LocalAccount): boolean => enabled && !locked;
