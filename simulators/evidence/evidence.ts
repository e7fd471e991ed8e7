import { appendFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Screen } from './attachments';
import { LineBuffer } from './line-buffer';
import { maskFields } from './mask-fields';
import { sealFolder } from './seal-folder';
import type { SecretBook } from './secret-book';
import { slug } from './slug';

export interface EvidenceOptions {
  /** Absolute folder of the run, see `runFolder()`. */
  readonly runFolder: string;
  /** Folder name, see `scenarioSlug()`; a second attempt gets `-2` behind it. */
  readonly slug: string;
  readonly secrets: SecretBook;
  /** Wall clock for the timeline: evidence is about the run, not about the lab's own time. */
  readonly now?: () => Date;
}

interface TimelineEntry {
  readonly time: string;
  /** Milliseconds since the evidence was opened. */
  readonly elapsedMs: number;
  readonly event: string;
}

/**
 * What one scenario leaves behind, in `<run folder>/<slug>/`: `screens/0001-....png`, `serial.log`, `http.ndjson`,
 * `qemu.cmdline`, `timeline.json`, and of each server `qmp-<server>.ndjson`, `cpu-resets-<server>.log` and
 * `disk-facts-<server>.json`. Everything textual is masked on the way in and once more on `close`. Logs are on disk as soon as a line is complete, so a killed run keeps them.
 */
export class Evidence implements AsyncDisposable {
  readonly #options: EvidenceOptions;
  readonly #start: number;
  readonly #now: () => Date;
  readonly #timeline: TimelineEntry[] = [];
  readonly #open = new Map<string, LineBuffer>();
  #screens = 0;
  #closed = false;

  private constructor(
    /** Absolute path. */
    readonly folder: string,
    options: EvidenceOptions,
  ) {
    this.#options = options;
    this.#now = options.now ?? ((): Date => new Date());
    this.#start = this.#now().getTime();
  }

  static async open(options: EvidenceOptions): Promise<Evidence> {
    return new Evidence(await makeFreshFolder(options.runFolder, options.slug), options);
  }

  /** The folder relative to the run folder, as `attachEvidenceFolder` wants it. */
  get relativeFolder(): string {
    return relative(this.#options.runFolder, this.folder);
  }

  /** Files a PNG under the next number and puts it on the timeline. */
  async screen(png: Uint8Array, caption: string): Promise<Screen> {
    this.#screens += 1;
    const name = `${String(this.#screens).padStart(4, '0')}-${slug(caption)}.png`;
    const folder = join(this.folder, 'screens');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), png);
    this.note(`screen ${name}`);
    return { file: join(this.relativeFolder, 'screens', name), caption: this.#mask(caption) };
  }

  /** Adds to a plain log such as `serial.log`. */
  append(file: string, chunk: string): void {
    const buffer = this.#open.get(file) ?? new LineBuffer();
    this.#open.set(file, buffer);
    this.#write(file, buffer.push(chunk));
  }

  /** Adds one entry to an ndjson log such as `http.ndjson`; secret-bearing fields are masked by name. */
  record(file: string, entry: object): void {
    const line = { time: this.#now().toISOString(), ...(maskFields(entry) as object) };
    this.#write(file, `${JSON.stringify(line)}\n`);
  }

  /** Writes a whole file: text as it is, anything else as indented JSON. */
  async write(file: string, content: string | object): Promise<void> {
    const text = typeof content === 'string' ? content : `${JSON.stringify(maskFields(content), null, 2)}\n`;
    await writeFile(join(this.folder, file), this.#mask(text));
  }

  /** The command line of a started QEMU, one quoted argument a line, ready to be pasted into a shell. */
  commandLine(argv: readonly string[]): void {
    this.#write('qemu.cmdline', `${argv.map(quote).join(' \\\n  ')}\n\n`);
  }

  /** Copies a log that another process wrote, e.g. QEMU's own, into the folder. */
  async adopt(file: string, path: string): Promise<void> {
    await writeFile(join(this.folder, file), this.#mask(await readFile(path, 'utf8')));
  }

  /** Puts an event on the timeline. */
  note(event: string): void {
    const now = this.#now();
    this.#timeline.push({
      time: now.toISOString(),
      elapsedMs: now.getTime() - this.#start,
      event: this.#mask(event),
    });
  }

  /** Writes the timeline, finishes the logs and masks what became a secret only later. Safe to call twice. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const [file, buffer] of this.#open) this.#write(file, buffer.flush());
    await this.write('timeline.json', this.#timeline);
    await sealFolder(this.folder, this.#options.secrets);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #mask(text: string): string {
    return this.#options.secrets.mask(text);
  }

  #write(file: string, text: string): void {
    if (text !== '') appendFileSync(join(this.folder, file), this.#mask(text));
  }
}

function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** Makes `<parent>/<name>`, or `<name>-2`, `-3` ... where an earlier attempt of the same scenario left one. */
async function makeFreshFolder(parent: string, name: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const folder = join(parent, attempt === 1 ? name : `${name}-${attempt}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new Error(
          `Failed to make the evidence folder ${folder}. Check that reports/ is writable and the disk not full.`,
          { cause: error },
        );
      }
    }
  }
}
