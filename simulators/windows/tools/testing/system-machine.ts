import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Hive, parseHive } from '../../../disk/regf';
import { bootKeyOf, createSam, createSoftwareHive, createSystemHive, SamDatabase } from '../../../disk/sam';
import { MemoryHost } from '../../shell/testing/memory-host';
import { runCommand, runTyped } from '../../shell/testing/run';
import { systemPrograms } from '..';

type HiveName = 'SYSTEM' | 'SOFTWARE' | 'SAM';

/** A machine in a folder for tests of the tools: C: with the hives of a running system, D: with those of another. */
export class SystemMachine implements AsyncDisposable {
  readonly host: MemoryHost;
  readonly #programs = systemPrograms(async () => []);

  private constructor(
    readonly folder: string,
    version: string,
  ) {
    this.host = new MemoryHost(
      [
        { volumes: [{ letter: 'C', mountPoint: join(folder, 'c') }] },
        { volumes: [{ letter: 'D', mountPoint: join(folder, 'd') }] },
      ],
      version,
    );
  }

  static async make(version = '6.1.7601'): Promise<SystemMachine> {
    const machine = new SystemMachine(await mkdtemp(join(tmpdir(), 'system-')), version);
    for (const [drive, computerName] of [
      ['c', 'WINRESCUEOVH'],
      ['d', 'WEB01'],
    ] as const) {
      const config = join(machine.folder, drive, 'Windows/System32/config');
      await mkdir(config, { recursive: true });
      const bootKey = Uint8Array.from({ length: 16 }, (_x, index) => index * 7);
      let next = 1;
      const random = (length: number) => Uint8Array.from({ length }, () => (next = (next * 77 + 13) & 0xff));
      const accounts = [
        { name: 'Administrator', password: 'Old-Secret1' },
        { name: 'olga', password: 'x', fullName: 'Olga K.' },
      ];
      await writeFile(join(config, 'SYSTEM'), createSystemHive({ computerName, bootKey }).serialize());
      await writeFile(join(config, 'SOFTWARE'), createSoftwareHive().serialize());
      await writeFile(join(config, 'SAM'), createSam({ bootKey, random, accounts }).serialize());
    }
    return machine;
  }

  /** One command, as `ssh host command` runs it. */
  run(command: string, input = '') {
    return runCommand({ host: this.host, programs: this.#programs }, command, input);
  }

  /** Keys typed into a shell on a terminal. */
  type(keys: string) {
    return runTyped({ host: this.host, programs: this.#programs, remote: false }, keys, {
      columns: 100,
      rows: 30,
    });
  }

  path(drive: 'c' | 'd', ...names: readonly string[]): string {
    return join(this.folder, drive, ...names);
  }

  /** The hive as it is on the disk now. */
  async hive(name: HiveName, drive: 'c' | 'd' = 'c'): Promise<Hive> {
    return parseHive(new Uint8Array(await readFile(this.path(drive, 'Windows/System32/config', name))));
  }

  async accounts(): Promise<SamDatabase> {
    const system = await this.hive('SYSTEM');
    return SamDatabase.open(await this.hive('SAM'), () => bootKeyOf(system));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
