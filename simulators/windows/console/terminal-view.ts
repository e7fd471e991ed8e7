import { type IBufferCell, type IBufferLine, Terminal } from '@xterm/headless';
import { CELL, COLUMNS_OF_RUN, RowPicture, type Run } from './row-picture';
import { RowPictures } from './row-pictures';
import type { Screen } from './screen';
import { DEFAULT_BACKGROUND, DEFAULT_FOREGROUND, paletteColour, trueColour } from './terminal-palette';

/** The screen buffer of a Windows command prompt has 9001 lines. */
export const SCROLLBACK = 9001;

/** A picture stands still for no longer while output comes (ms). */
const LONGEST_STANDSTILL = 300;

/** Numbers that say all about a cell's look; a cell is drawn again when one of them changes. */
const NUMBERS_PER_CELL = 3;

/** A terminal drawn on the screen: output goes in, only cells that look different afterwards are drawn. */
export class TerminalView implements Disposable {
  readonly terminal: Terminal;
  readonly #drawn: Int32Array;
  readonly #picture: RowPicture;
  readonly #rows: RowPictures;
  #scheduled: NodeJS.Immediate | undefined;
  /** Writes that the terminal has not taken in yet. */
  #taking = 0;
  #drawnAt = 0;
  #visible = false;

  constructor(
    private readonly screen: Screen,
    /** Top left corner in pixels. */
    private readonly origin: { readonly x: number; readonly y: number },
    columns: number,
    rows: number,
    /** Called after each drawing. */
    private readonly onDrawn: () => void = () => {},
    private readonly now: () => number = () => performance.now(),
  ) {
    this.terminal = new Terminal({ cols: columns, rows, scrollback: SCROLLBACK, allowProposedApi: true });
    this.#drawn = new Int32Array(columns * rows * NUMBERS_PER_CELL);
    this.#picture = new RowPicture(columns);
    this.#rows = new RowPictures(this.#picture, columns);
  }

  /**
   * What is written while other output is still being taken in is drawn with it: a listing, and the prompt behind it that
   * moves it up by a line, are one picture. A stream without an end is drawn now and then.
   */
  write(output: Uint8Array): void {
    this.#taking += 1;
    this.terminal.write(output, () => {
      this.#taking -= 1;
      if (this.#taking === 0 || this.now() - this.#drawnAt > LONGEST_STANDSTILL) this.#schedule();
    });
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
    this.screen.together(() => {
      for (let row = 0; row < this.terminal.rows; row++) {
        const line = buffer.getLine(buffer.baseY + row);
        if (line) this.#drawRow(row, line, row === buffer.cursorY ? buffer.cursorX : -1, scratch);
      }
      this.onDrawn();
    });
    this.#drawnAt = this.now();
  }

  /** Draws what lies between the first and the last cell that look different now, or the whole row where that is much of it. */
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
    const whole = last - first >= COLUMNS_OF_RUN;
    if (whole) [first, last] = [0, this.terminal.cols - 1];
    const runs = runsOf(line, first, last, scratch);
    // A wide character reaches into the next cell.
    const end = Math.max(last + 1, ...runs.slice(-1).map((run) => run.column + run.width));
    const width = Math.min(end, this.terminal.cols) - first;
    const isHere = cursor >= first && cursor < first + width;
    const under = isHere ? line.getCell(cursor, scratch)?.getWidth() : undefined;
    const block = isHere ? { column: cursor, width: under || 1 } : undefined;
    const pixels = whole ? this.#rows.row(runs, block) : this.#picture.paint(first, width, runs, block);
    this.screen.copy(
      {
        x: this.origin.x + first * CELL.width,
        y: this.origin.y + row * CELL.height,
        width: width * CELL.width,
        height: CELL.height,
      },
      pixels,
    );
  }

  #differs(row: number, column: number, cell: IBufferCell, cursor: boolean): boolean {
    const at = (row * this.terminal.cols + column) * NUMBERS_PER_CELL;
    const flags =
      (cell.isInverse() ? 1 : 0) |
      (cursor ? 2 : 0) |
      (cell.isBold() ? 4 : 0) |
      (cell.isInvisible() ? 8 : 0) |
      (cell.getWidth() << 4);
    const letter = cell.getCode() | (flags << 24);
    const ink = cell.getFgColorMode() | cell.getFgColor();
    const paper = cell.getBgColorMode() | cell.getBgColor();
    const drawn = this.#drawn;
    if (drawn[at] === letter && drawn[at + 1] === ink && drawn[at + 2] === paper) return false;
    drawn[at] = letter;
    drawn[at + 1] = ink;
    drawn[at + 2] = paper;
    return true;
  }

  [Symbol.dispose](): void {
    if (this.#scheduled) clearImmediate(this.#scheduled);
    this.#visible = false;
    this.terminal.dispose();
  }
}

/** The cells from `first` to `last` as runs. */
function runsOf(line: IBufferLine, first: number, last: number, scratch: IBufferCell): Run[] {
  const runs: Run[] = [];
  let open: Run | undefined;
  for (let column = first; column <= last; column++) {
    const cell = line.getCell(column, scratch);
    const width = cell?.getWidth() ?? 0;
    if (!cell || width === 0) continue; // The second half of a wide character, drawn with the first.
    const text = (cell.isInvisible() ? '' : cell.getChars()) || ' ';
    const isPlain = width === 1 && text.length === 1;
    if (column % COLUMNS_OF_RUN === 0) open = undefined;
    const { ink, paper } = inkAndPaper(cell);
    if (open && isPlain && open.ink === ink && open.paper === paper) {
      open.text += text;
      open.width += 1;
      continue;
    }
    const run = { column, width, text, ink, paper };
    runs.push(run);
    open = isPlain ? run : undefined;
  }
  return runs;
}

function inkAndPaper(cell: IBufferCell): { ink: string; paper: string } {
  const [ink, paper] = [foreground(cell), background(cell)];
  return cell.isInverse() ? { ink: paper, paper: ink } : { ink, paper };
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
