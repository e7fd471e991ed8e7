import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSam, createSystemHive } from '../../../disk/sam';
import { mountedFiles } from '../../shell';
import { MemoryHost } from '../../shell/testing/memory-host';
import { SamAccounts } from '../sam-accounts';
import type { GuestMachine } from '../start-guest';

/** A machine for the resident service in a folder: C: with real hives, a customer's disk as D:, no Linux touched. */
export class RescueGuest implements AsyncDisposable {
  readonly host: MemoryHost;
  readonly changes: string[] = [];
  readonly messages: string[] = [];

  private constructor(readonly folder: string) {
    this.host = new MemoryHost([
      { volumes: [{ letter: 'C', info: 'Boot', mountPoint: join(folder, 'c') }] },
      { volumes: [{ letter: 'D', mountPoint: join(folder, 'd') }] },
    ]);
  }

  static async prepare(): Promise<RescueGuest> {
    const guest = new RescueGuest(await mkdtemp(join(tmpdir(), 'guest-')));
    const config = join(guest.folder, 'c/Windows/System32/config');
    await mkdir(config, { recursive: true });
    await mkdir(join(guest.folder, 'd/Boot'), { recursive: true });
    const bootKey = new Uint8Array(randomBytes(16));
    const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
    const accounts = [
      { name: 'Administrator', password: 'old' },
      { name: 'Backup', password: 'b4ckup', administrator: true },
    ];
    await writeFile(
      join(config, 'SYSTEM'),
      createSystemHive({ computerName: 'WINRESCUEOVH', bootKey }).serialize(),
    );
    await writeFile(join(config, 'SAM'), createSam({ bootKey, random, accounts }).serialize());
    await writeFile(
      guest.passwd,
      'root:x:0:0:root:/root:/bin/bash\nsshd:x:101:65534::/run/sshd:/usr/sbin/nologin\n',
    );
    return guest;
  }

  get passwd(): string {
    return join(this.folder, 'passwd');
  }
  get rdpSam(): string {
    return join(this.folder, 'rdp.sam');
  }

  accounts(): SamAccounts {
    return new SamAccounts(mountedFiles(this.host), 'C:\\Windows\\System32\\config');
  }

  machine(session?: GuestMachine['session']): GuestMachine {
    return {
      host: this.host,
      accounts: this.accounts(),
      system: {
        setHostName: async (name) => void this.changes.push(`host name ${name}`),
        setClock: async (time) => void this.changes.push(`clock ${time.toISOString()}`),
        addEntropy: async (seed) => void this.changes.push(`entropy ${Buffer.from(seed).toString('hex')}`),
      },
      adapters: async () => [],
      accountFiles: { passwd: this.passwd, rdpSam: this.rdpSam },
      shellSocket: join(this.folder, 'run/shell.sock'),
      sftpProgram: join(this.folder, 'sftp-view'),
      session,
      log: (sentence) => void this.messages.push(sentence),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
