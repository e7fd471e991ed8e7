import { createCanvas } from '@napi-rs/canvas';
import { fonts } from './fonts';
import type { Brush } from './screen';
import { paletteColour } from './terminal-palette';

/** A character of a terminal, in pixels. */
export const CELL = { width: 8, height: 16 } as const;
/** DejaVu Sans Mono is 0.602 em wide: this size makes its cells 8 pixels wide. */
const FONT = `13.29px ${fonts.mono}`;
const BASELINE = 12;
/** Windows' small cursor. It does not blink here: a picture that stands still can be compared. */
const CURSOR = { top: CELL.height - 4, height: 3, colour: paletteColour(15) } as const;
/** Printable ASCII in a handful of colours fits; a program that uses 16 million colours does not fill the memory. */
const MOST_PICTURES = 2048;

export interface CellColours {
  /** CSS colours. */
  readonly ink: string;
  readonly paper: string;
}

/**
 * Pictures of a terminal's cells, each drawn once and kept: under emulation the drawing of a letter costs many times
 * what copying it does, and a listing has some thousand letters, but few different ones.
 */
export class CellPictures {
  readonly #pictures = new Map<string, Uint32Array>();
  readonly #brush: Brush = createCanvas(CELL.width * 2, CELL.height).getContext('2d');

  /** @param width in cells, 1 or 2  @returns pixels as 0xRRGGBB, row by row */
  of(characters: string, width: number, colours: CellColours, cursor: boolean): Uint32Array {
    const key = `${characters}\n${width} ${colours.ink} ${colours.paper} ${cursor}`;
    const known = this.#pictures.get(key);
    if (known) return known;
    if (this.#pictures.size >= MOST_PICTURES) this.#pictures.clear();
    const picture = this.#draw(characters, width * CELL.width, colours, cursor);
    this.#pictures.set(key, picture);
    return picture;
  }

  #draw(characters: string, width: number, { ink, paper }: CellColours, cursor: boolean): Uint32Array {
    const brush = this.#brush;
    brush.fillStyle = paper;
    brush.fillRect(0, 0, width, CELL.height);
    if (characters.trim() !== '') {
      brush.font = FONT;
      brush.fillStyle = ink;
      brush.fillText(characters, 0, BASELINE);
    }
    if (cursor) {
      brush.fillStyle = CURSOR.colour;
      brush.fillRect(0, CURSOR.top, width, CURSOR.height);
    }
    const { data } = brush.getImageData(0, 0, width, CELL.height);
    return Uint32Array.from({ length: width * CELL.height }, (_, at) => {
      const [red = 0, green = 0, blue = 0] = data.subarray(at * 4, at * 4 + 3);
      return (red << 16) | (green << 8) | blue;
    });
  }
}
