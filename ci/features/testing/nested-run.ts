import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '../../../images';
import { TraceFinder, type Traces } from './traces';

const root = join(__dirname, '../../..');
const RESCUE_LAB = join(root, 'ci/bin/rescue-lab.mjs');
/** A short feature with a real machine: the server is switched on and ends on the boot manager's failure screen. */
const FEATURE = 'features/boot-repair/failed-boot.feature';

interface RunOptions {
  /** It may go on from this machine's saved boots; otherwise every boot is walked, to be saved in the place's cache. */
  readonly savedBoots?: boolean;
  /** It runs in the foreground of a terminal, as in somebody's shell. */
  readonly terminal?: boolean;
}

/** A folder for runs of their own: sessions, reports, and a cache with the images of this machine but no saved boot. */
export class RunPlace implements Disposable {
  // Short: paths of unix sockets may have 107 characters.
  readonly folder = mkdtempSync(join(tmpdir(), 'rl-'));
  readonly #traces = new TraceFinder(this.folder);
  readonly #runs: NestedRun[] = [];

  constructor() {
    const cache = join(this.folder, 'cache');
    mkdirSync(cache);
    symlinkSync(join(cacheDirectory(), 'images'), join(cache, 'images'));
    const verdict = join(cacheDirectory(), 'accelerator.json');
    if (existsSync(verdict)) copyFileSync(verdict, join(cache, 'accelerator.json'));
  }

  /** Starts `rescue-lab run` with the short feature. */
  startFeature(options?: RunOptions): NestedRun {
    return this.start([RESCUE_LAB, 'run', FEATURE], options);
  }

  /** Starts `rescue-lab up`. */
  startLab(words: readonly string[], options?: RunOptions): NestedRun {
    return this.start([RESCUE_LAB, 'up', ...words], options);
  }

  /** Starts Node.js with these words. */
  start(words: readonly string[], { savedBoots = false, terminal = false }: RunOptions = {}): NestedRun {
    const run = new NestedRun([process.execPath, ...words], terminal, {
      ...process.env,
      CI: '1',
      NO_COLOR: '1',
      TMPDIR: this.folder,
      RESCUE_LAB_REPORTS: join(this.folder, 'reports'),
      RESCUE_LAB_CACHE: savedBoots ? cacheDirectory() : join(this.folder, 'cache'),
    });
    this.#runs.push(run);
    return run;
  }

  traces(): Traces {
    return this.#traces.find();
  }

  /** What the machines that run now have printed on their serial lines. */
  serialLines(): string {
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /^rescue-lab-\d+\/.*\/serial\.log$/.test(path))
      .map((path) => readFileSync(join(this.folder, path), 'utf8'))
      .join('');
  }

  [Symbol.dispose](): void {
    for (const run of this.#runs) run.kill();
    // What a failed test found, it does not leave to others.
    for (const { pid } of this.traces().processes) endIfThere(pid);
    // They may still be writing as they end.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** One command, and what became of it. */
export class NestedRun {
  readonly #child: ChildProcess;
  /** Standard output and error so far. */
  output = '';
  /** Standard output alone. */
  stdout = '';
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;

  constructor(command: readonly string[], terminal: boolean, environment: NodeJS.ProcessEnv) {
    // The command takes the shell's place: dash would take Ctrl-C for its own end too, and answer 130 for any code.
    const [file = '', ...rest] = terminal
      ? ['script', '--quiet', '--return', '--command', `exec ${command.join(' ')}`, '/dev/null']
      : command;
    this.#child = spawn(file, rest, { cwd: root, env: environment, stdio: 'pipe', detached: true });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        if (stream === this.#child.stdout) this.stdout += text;
        this.#child.emit('said');
      });
    this.ended = once(this.#child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  }

  /** Resolves as soon as the output matches. Fails with the output when the runner ends before. */
  async said(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.output)) {
      const over = await Promise.race([
        once(this.#child, 'said').then(() => false),
        this.ended.then(() => true),
      ]);
      if (over && !pattern.test(this.output))
        throw new Error(`The run ended without saying ${pattern}:\n${this.output}`);
    }
  }

  /** Types on the terminal. */
  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Signals the command itself, and no other process. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Signals the command and everything in its process group. */
  signalGroup(signal: NodeJS.Signals): void {
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, signal);
  }

  /** Ends it in any case, for the end of a test. */
  kill(): void {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.signalGroup('SIGKILL');
  }
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}
