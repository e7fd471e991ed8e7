import { type FileAccess, readHiveFile } from '../shell';

/** What can be asked of files by a decision that does not wait. */
export interface FileAnswers {
  readonly exists: (path: string) => boolean;
  /** Whether the file is a hive that can be read, with its logs. */
  readonly opens: (path: string) => boolean;
}

/** Decisions ask for files at once; the answers are looked up between one try and the next. */
export class FileQuestions {
  readonly #known = new Map<string, boolean>();

  constructor(private readonly files: FileAccess) {}

  /** What the decision says once it knows all that it asks for. */
  async settle<Decision>(decide: (answers: FileAnswers) => Decision): Promise<Decision> {
    for (;;) {
      const asked: (readonly [key: string, find: () => Promise<boolean>])[] = [];
      const ask = (key: string, find: () => Promise<boolean>): boolean => {
        const known = this.#known.get(key);
        if (known === undefined) asked.push([key, find]);
        return known ?? false;
      };
      const decision = decide({
        exists: (path) => ask(`exists ${path}`, () => this.#exists(path)),
        opens: (path) => ask(`opens ${path}`, () => this.#opens(path)),
      });
      if (asked.length === 0) return decision;
      for (const [key, find] of asked) this.#known.set(key, await find());
    }
  }

  async #exists(path: string): Promise<boolean> {
    return (await this.files.stat(path).catch(() => undefined)) !== undefined;
  }

  async #opens(path: string): Promise<boolean> {
    return readHiveFile(this.files, path).then(
      () => true,
      () => false,
    );
  }
}
