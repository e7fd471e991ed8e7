import type { AttributeStore } from '../attribute-store';
import { FileAttribute } from '../file-attributes';

/** DOS attributes in memory, for tests on plain folders. */
export class MemoryAttributes implements AttributeStore {
  readonly #kept = new Map<string, number>();

  async read(paths: readonly string[]): Promise<readonly (number | undefined)[]> {
    return paths.map((path) => this.#kept.get(path));
  }

  async write(path: string, attributes: number): Promise<void> {
    this.#kept.set(path, attributes & ~FileAttribute.folder);
  }
}
