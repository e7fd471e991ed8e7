import { createCanvas } from '@napi-rs/canvas';
import { fonts } from './fonts';
import type { Brush } from './screen';
import { DEFAULT_BACKGROUND, paletteColour } from './terminal-palette';

/** A character of a terminal, in pixels. */
export const CELL = { width: 8, height: 16 } as const;
/** DejaVu Sans Mono is 0.602 em wide: this size makes its cells 8 pixels wide, and a little more. */
const FONT = `13.29px ${fonts.mono}`;
/** Where runs end at the latest: behind some thirty letters the next one would be a quarter of a pixel from its place. */
export const COLUMNS_OF_RUN = 16;
const BASELINE = 12;
/** Windows' small cursor. It does not blink here: a picture that stands still can be compared. */
const CURSOR = { top: CELL.height - 4, height: 3, colour: paletteColour(15) } as const;
const PAPER = paletteColour(DEFAULT_BACKGROUND);

/** A part of a row. */
export interface Cells {
  readonly column: number;
  /** In cells. */
  width: number;
}

/**
 * Neighbouring cells of one look, up to a column that COLUMNS_OF_RUN divides; a character of two cells, or of several
 * code points, is one alone.
 */
export interface Run extends Cells {
  text: string;
  /** Colours as #rrggbb. */
  readonly ink: string;
  readonly paper: string;
}

/**
 * The picture of a terminal's row. A run is written by one call and the pixels are copied by whole lines: under emulation,
 * before its code is compiled, the time of JavaScript goes by what is done for each letter and each pixel.
 */
export class RowPicture {
  readonly #brush: Brush;

  constructor(columns: number) {
    this.#brush = createCanvas(columns * CELL.width, CELL.height).getContext('2d');
  }

  /**
   * Paints runs from `column` on, `width` cells of them, and the cursor, where it is among them.
   * @returns the pixels of these cells, blue, green, red and an unused byte, row by row
   */
  paint(column: number, width: number, runs: readonly Run[], cursor: Cells | undefined): Uint8ClampedArray {
    const brush = this.#brush;
    const left = column * CELL.width;
    brush.fillStyle = swapped(PAPER);
    brush.fillRect(left, 0, width * CELL.width, CELL.height);
    brush.font = FONT;
    for (const run of runs) {
      const x = run.column * CELL.width;
      if (run.paper !== PAPER) {
        brush.fillStyle = swapped(run.paper);
        brush.fillRect(x, 0, run.width * CELL.width, CELL.height);
      }
      if (run.text.trim() === '') continue;
      brush.fillStyle = swapped(run.ink);
      brush.fillText(run.text, x, BASELINE);
    }
    if (cursor) {
      brush.fillStyle = swapped(CURSOR.colour);
      brush.fillRect(cursor.column * CELL.width, CURSOR.top, cursor.width * CELL.width, CURSOR.height);
    }
    return brush.getImageData(left, 0, width * CELL.width, CELL.height).data as Uint8ClampedArray;
  }
}

/** A canvas gives red first and a framebuffer wants blue first: who paints with the two exchanged need not sort the bytes. */
function swapped(colour: string): string {
  return `#${colour.slice(5, 7)}${colour.slice(3, 5)}${colour.slice(1, 3)}`;
}
