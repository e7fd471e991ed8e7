import { type IBufferCell, type IBufferLine, Terminal } from '@xterm/headless';
import { CELL, CellPictures } from './cell-pictures';
import type { Screen } from './screen';
import { DEFAULT_BACKGROUND, DEFAULT_FOREGROUND, paletteColour, trueColour } from './terminal-palette';

/** The screen buffer of a Windows command prompt has 9001 lines. */
export const SCROLLBACK = 9001;

/** Numbers that say all about a cell's look; a cell is drawn again when one of them changes. */
const NUMBERS_PER_CELL = 3;

/** A terminal drawn on the screen: output goes in, only cells that look different afterwards are drawn. */
export class TerminalView implements Disposable {
  readonly terminal: Terminal;
  readonly #drawn: Int32Array;
  readonly #pictures = new CellPictures();
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
    this.screen.together(() => {
      for (let row = 0; row < this.terminal.rows; row++) {
        const line = buffer.getLine(buffer.baseY + row);
        if (line) this.#drawRow(row, line, row === buffer.cursorY ? buffer.cursorX : -1, scratch);
      }
      this.onDrawn();
    });
  }

  #drawRow(row: number, line: IBufferLine, cursor: number, scratch: IBufferCell): void {
    for (let column = 0; column < this.terminal.cols; column++) {
      const cell = line.getCell(column, scratch);
      if (!cell || !this.#differs(row, column, cell, column === cursor)) continue;
      const width = cell.getWidth();
      if (width === 0) continue; // The second half of a wide character, drawn with the first.
      const characters = cell.isInvisible() ? '' : cell.getChars();
      const picture = this.#pictures.of(characters, width, inkAndPaper(cell), column === cursor);
      this.screen.copy(
        this.origin.x + column * CELL.width,
        this.origin.y + row * CELL.height,
        width * CELL.width,
        picture,
      );
    }
  }

  #differs(row: number, column: number, cell: IBufferCell, cursor: boolean): boolean {
    const at = (row * this.terminal.cols + column) * NUMBERS_PER_CELL;
    const flags =
      (cell.isInverse() ? 1 : 0) |
      (cursor ? 2 : 0) |
      (cell.isBold() ? 4 : 0) |
      (cell.isInvisible() ? 8 : 0) |
      (cell.getWidth() << 4);
    const look = [
      cell.getCode() | (flags << 24),
      cell.getFgColorMode() | cell.getFgColor(),
      cell.getBgColorMode() | cell.getBgColor(),
    ];
    const differs = look.some((number, index) => this.#drawn[at + index] !== number);
    if (differs) this.#drawn.set(look, at);
    return differs;
  }

  [Symbol.dispose](): void {
    if (this.#scheduled) clearImmediate(this.#scheduled);
    this.#visible = false;
    this.terminal.dispose();
  }
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
