import type { Options, Result } from 'execa';

/** What a recipe's `build` may use. Everything it leaves in `out` becomes the image. */
export interface BuildContext {
  /** Empty directory that becomes the image. */
  readonly out: string;
  /** Scratch directory, removed afterwards whatever happens. */
  readonly temp: string;
  /** The image's own key (SHA-256, hex). */
  readonly key: string;
  /** Directory of an image named in `needs`. */
  image(recipe: Recipe): string;
  run(command: string, args: readonly string[], options?: Options): Promise<Result>;
  progress(text: string): void;
}

/** How one image is made, and all that its content depends on: together they are its key. */
export interface Recipe {
  readonly name: string;
  /** One line for people: what it is for. */
  readonly summary: string;
  readonly needs: readonly Recipe[];
  /** Files and folders, relative to the project root, whose content belongs to the key. Tests are left out. */
  readonly sources: readonly string[];
  /** Everything else that decides the content: package lists, sizes, versions. */
  readonly parameters: unknown;
  build(context: BuildContext): Promise<void>;
}
