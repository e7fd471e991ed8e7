import { type IBufferCell, type IBufferLine, Terminal } from '@xterm/headless';
import { fonts } from './fonts';
import type { Brush, Screen } from './screen';
import { DEFAULT_BACKGROUND, DEFAULT_FOREGROUND, paletteColour, trueColour } from './terminal-palette';

export const CELL = { width: 8, height: 16 } as const;
/** DejaVu Sans Mono is 0.602 em wide: this size makes its cells 8 pixels wide. */
const FONT = `13.29px ${fonts.mono}`;
const BASELINE = 12;
/** The screen buffer of a Windows command prompt has 9001 lines. */
export const SCROLLBACK = 9001;

/** Numbers that say all about a cell's look; a cell is drawn again when one of them changes. */
const NUMBERS_PER_CELL = 3;

/** A terminal drawn on the screen: output goes in, only cells that look different afterwards are painted. */
export class TerminalView implements Disposable {
  readonly terminal: Terminal;
  readonly #drawn: Int32Array;
  #scheduled: NodeJS.Immediate | undefined;
  #visible = false;

  constructor(
    private readonly screen: Screen,
    /** Top left corner in pixels. */
    private readonly origin: { readonly x: number; readonly y: number },
    columns: number,
    rows: number,
    /** Called after each drawing. */
    private readonly onDrawn: () => void = () => {},
  ) {
    this.terminal = new Terminal({ cols: columns, rows, scrollback: SCROLLBACK, allowProposedApi: true });
    this.#drawn = new Int32Array(columns * rows * NUMBERS_PER_CELL);
  }

  write(output: Uint8Array): void {
    this.terminal.write(output, () => this.#schedule());
  }

  /** From now on the terminal is on the screen: everything is drawn. */
  show(): void {
    this.#visible = true;
    this.#drawn.fill(-1);
    this.#draw();
  }

  hide(): void {
    this.#visible = false;
  }

  /** Drawing waits for the end of this turn of the event loop, so that a burst of output is drawn once. */
  #schedule(): void {
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    if (!this.#visible) return;
    const buffer = this.terminal.buffer.active;
    const scratch = buffer.getNullCell();
    for (let row = 0; row < this.terminal.rows; row++) {
      const line = buffer.getLine(buffer.baseY + row);
      const cursor = row === buffer.cursorY ? buffer.cursorX : -1;
      if (line) this.#drawRow(row, line, cursor, scratch);
    }
    this.onDrawn();
  }

  #drawRow(row: number, line: IBufferLine, cursor: number, scratch: IBufferCell): void {
    let first = -1;
    let last = -1;
    for (let column = 0; column < this.terminal.cols; column++) {
      const cell = line.getCell(column, scratch);
      if (!cell || !this.#differs(row, column, cell, column === cursor)) continue;
      if (first < 0) first = column;
      last = column;
    }
    if (first < 0) return;
    const area = {
      x: this.origin.x + first * CELL.width,
      y: this.origin.y + row * CELL.height,
      // A wide character reaches into the next cell.
      width: Math.min(last - first + 2, this.terminal.cols - first) * CELL.width,
      height: CELL.height,
    };
    this.screen.paint(area, (brush) => {
      brush.fillStyle = paletteColour(DEFAULT_BACKGROUND);
      brush.fillRect(area.x, area.y, area.width, area.height);
      brush.font = FONT;
      brush.textAlign = 'left';
      for (let column = first; column < Math.min(last + 2, this.terminal.cols); column++) {
        const cell = line.getCell(column, scratch);
        if (cell)
          this.#paintCell(brush, this.origin.x + column * CELL.width, area.y, cell, column === cursor);
      }
    });
  }

  #differs(row: number, column: number, cell: IBufferCell, cursor: boolean): boolean {
    const at = (row * this.terminal.cols + column) * NUMBERS_PER_CELL;
    const flags =
      (cell.isInverse() ? 1 : 0) | (cursor ? 2 : 0) | (cell.isBold() ? 4 : 0) | (cell.isInvisible() ? 8 : 0);
    const look = [
      cell.getCode() | (flags << 24),
      cell.getFgColorMode() | cell.getFgColor(),
      cell.getBgColorMode() | cell.getBgColor(),
    ];
    const differs = look.some((number, index) => this.#drawn[at + index] !== number);
    if (differs) this.#drawn.set(look, at);
    return differs;
  }

  #paintCell(brush: Brush, x: number, y: number, cell: IBufferCell, cursor: boolean): void {
    if (cell.getWidth() === 0) return; // The second half of a wide character.
    const width = cell.getWidth() * CELL.width;
    const [ink, paper] = cell.isInverse()
      ? [background(cell), foreground(cell)]
      : [foreground(cell), background(cell)];
    if (paper !== paletteColour(DEFAULT_BACKGROUND)) {
      brush.fillStyle = paper;
      brush.fillRect(x, y, width, CELL.height);
    }
    const characters = cell.getChars();
    if (characters.trim() !== '' && !cell.isInvisible()) {
      brush.fillStyle = ink;
      brush.fillText(characters, x, y + BASELINE);
    }
    if (cursor) {
      // Windows' small cursor. It does not blink here: a picture that stands still can be compared.
      brush.fillStyle = paletteColour(15);
      brush.fillRect(x, y + CELL.height - 4, width, 3);
    }
  }

  [Symbol.dispose](): void {
    if (this.#scheduled) clearImmediate(this.#scheduled);
    this.#visible = false;
    this.terminal.dispose();
  }
}

function foreground(cell: IBufferCell): string {
  if (cell.isFgRGB()) return trueColour(cell.getFgColor());
  // Bold makes the eight dark colours bright, as on the Windows console.
  const index = cell.isFgDefault() ? DEFAULT_FOREGROUND : cell.getFgColor();
  return paletteColour(cell.isBold() && index < 8 ? index + 8 : index);
}

function background(cell: IBufferCell): string {
  if (cell.isBgRGB()) return trueColour(cell.getBgColor());
  return paletteColour(cell.isBgDefault() ? DEFAULT_BACKGROUND : cell.getBgColor());
}
