import type { ModelName } from './types';

/** One call of the API. `parameters`, `query` and `body` name their types as `models.ts` does. */
export interface Operation {
  readonly summary: string;
  /** The parts of the path in braces, except for `serviceName`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** A type that ends in `?` may be left out. */
  readonly query?: Readonly<Record<string, string>>;
  /** The fields of a POST. */
  readonly body?: Readonly<Record<string, string>>;
  /** The model whose fields a PUT may change. */
  readonly changes?: ModelName;
  /** Nothing for calls that are answered without content. */
  readonly returns?: string;
  /** `none`: for everybody. `application`: an application key is enough. Default: a signed call. */
  readonly authentication?: 'none' | 'application';
}
