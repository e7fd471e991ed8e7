import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BcdStore } from '../../../disk/bcd';
import { MemoryHost } from '../../shell/testing/memory-host';
import { runCommand } from '../../shell/testing/run';
import { systemPrograms } from '..';

export const rescueSignature = 0x42d9decd;
export const customerSignature = 0x5eed0001;
export const MiB = 2 ** 20;

/** The customer's disk after a rescue: D: is System Reserved, E: holds Windows, one more volume has no letter. */
export class RescueMachine implements AsyncDisposable {
  readonly host: MemoryHost;
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
    const place = (signature: number, offset: number) =>
      ({ style: 'mbr', signature, offsetBytes: offset * MiB }) as const;
    this.host = new MemoryHost(
      [
        {
          signature: rescueSignature,
          volumes: [
            { letter: 'C', info: 'Boot', location: place(rescueSignature, 1), mountPoint: join(folder, 'c') },
          ],
        },
        {
          signature: customerSignature,
          volumes: [
            { letter: 'D', location: place(customerSignature, 1), mountPoint: join(folder, 'd') },
            { letter: 'E', location: place(customerSignature, 101), mountPoint: join(folder, 'e') },
            { location: place(customerSignature, 900), mountPoint: join(folder, 'none') },
            {
              letter: 'G',
              type: 'Mirror',
              location: { style: 'dynamic', volumeGuid: '5a1c9e01-0000-4000-8000-00000000000a' },
            },
          ],
        },
      ],
      '6.1.7601',
    );
  }

  static async start(): Promise<RescueMachine> {
    const machine = new RescueMachine(await mkdtemp(join(tmpdir(), 'bcdedit-')));
    for (const name of ['c', 'd', 'e', 'none']) await mkdir(join(machine.folder, name));
    return machine;
  }

  /** Puts a store on a volume, e.g. at `d/Boot/BCD`. */
  async put(path: string, store: BcdStore | Uint8Array): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, store instanceof BcdStore ? store.serialize() : store);
  }

  async store(path: string): Promise<BcdStore> {
    return BcdStore.parse(await readFile(join(this.folder, path)));
  }

  /** Runs a command of the system; `input` is what is typed into it. */
  run(command: string, input = '') {
    const programs = systemPrograms(async () => []);
    return runCommand({ host: this.host, programs, remote: false }, command, input);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
