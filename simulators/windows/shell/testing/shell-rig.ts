import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mountedFiles } from '../mounted-files';
import type { Programs } from '../program';
import { MemoryAttributes } from './memory-attributes';
import { MemoryHost } from './memory-host';
import { runCommand, runTyped } from './run';

/** A shell on two drives in plain folders, with attributes in memory. */
export class ShellRig implements AsyncDisposable {
  readonly host: MemoryHost;
  readonly attributes = new MemoryAttributes();

  private constructor(
    readonly root: string,
    readonly programs: Programs,
  ) {
    this.host = new MemoryHost([
      { volumes: [{ letter: 'C', mountPoint: join(root, 'c') }] },
      { volumes: [{ letter: 'D', label: 'Data', mountPoint: join(root, 'd') }] },
    ]);
  }

  static async create(programs: Programs = new Map()): Promise<ShellRig> {
    const root = await mkdtemp(join(tmpdir(), 'shell-rig-'));
    await mkdir(join(root, 'c/Users/Administrator'), { recursive: true });
    await mkdir(join(root, 'd'));
    return new ShellRig(root, programs);
  }

  /** Writes files by Windows path (`D:\a\b.txt`); lines end as given. */
  async put(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(this.real(path)), { recursive: true });
      await writeFile(this.real(path), text);
    }
  }

  real(path: string): string {
    return join(this.root, path[0]?.toLowerCase() ?? '', ...path.slice(3).split('\\'));
  }

  has(path: string): boolean {
    return existsSync(this.real(path));
  }

  text(path: string): Promise<string> {
    return readFile(this.real(path), 'utf8');
  }

  run(command: string, input?: string) {
    const { host, programs } = this;
    return runCommand({ host, programs, files: mountedFiles(host, this.attributes) }, command, input);
  }

  /** What the command writes to its output; its errors must be empty. */
  async output(command: string, input?: string): Promise<string> {
    const { output, errors } = await this.run(command, input);
    if (errors !== '') throw new Error(`"${command}" wrote errors: ${errors}`);
    return output;
  }

  typed(input: string) {
    const { host, programs } = this;
    const setup = { host, programs, remote: false, files: mountedFiles(host, this.attributes) };
    return runTyped(setup, input, { columns: 80, rows: 25 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
