import type { Cells, RowPicture, Run } from './row-picture';

/** More than two screens of rows; some 5 MB of a console's width. */
const KEPT_ROWS = 80;

/**
 * Pictures of whole rows, of which those that were used last are kept: rows that move up when a screen scrolls, and listings
 * that are asked for again, need not be written anew.
 */
export class RowPictures {
  /** In the order of their last use. */
  readonly #kept = new Map<string, Uint8ClampedArray>();

  constructor(
    private readonly picture: Pick<RowPicture, 'paint'>,
    private readonly columns: number,
  ) {}

  /** The pixels of a row with these runs and this cursor, as `RowPicture.paint` gives them; not to be changed. */
  row(runs: readonly Run[], cursor: Cells | undefined): Uint8ClampedArray {
    const key = keyOf(runs, cursor);
    const pixels = this.#kept.get(key) ?? this.picture.paint(0, this.columns, runs, cursor);
    this.#kept.delete(key);
    this.#kept.set(key, pixels);
    if (this.#kept.size > KEPT_ROWS) this.#kept.delete(this.#kept.keys().next().value!);
    return pixels;
  }
}

/** All that a row's look depends on. A text is last, since it may hold anything but the separator, which no cell holds. */
function keyOf(runs: readonly Run[], cursor: Cells | undefined): string {
  const looks = runs.map(({ column, width, ink, paper, text }) => `${column} ${width} ${ink}${paper}${text}`);
  return [cursor ? `${cursor.column} ${cursor.width}` : '', ...looks].join('\0');
}
