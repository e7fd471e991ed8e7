import type { KeyPress, Rectangle } from '../../linux-devices';
import type { ConsoleShell } from './console-parts';
import { fonts } from './fonts';
import { CELL } from './row-picture';
import type { Scene } from './scene';
import type { Brush, Screen } from './screen';
import { clockArea, paintTaskbar, paintTaskbarClock, TASKBAR_HEIGHT, taskbarArea } from './taskbar';
import { terminalInput } from './terminal-keys';
import { SCROLLBACK, TerminalView } from './terminal-view';
import { colours } from './theme';
import { frameAround, paintWindowFrame, SCROLL_BAR_WIDTH, TITLE_HEIGHT } from './window-frame';

/** Columns and rows of a command prompt window of Windows Server 2019. */
const PREFERRED = { columns: 120, rows: 30 } as const;
const MARGIN = 20;
const THUMB = 24;

export interface DesktopOptions {
  readonly user: string;
  readonly openShell: (user: string, columns: number, rows: number) => ConsoleShell;
  readonly onExit: () => void;
  readonly now: () => Date;
}

/** A signed-in session: desktop, taskbar and one Command Prompt window with the focus. Lives on while it is locked. */
export class DesktopScene implements Scene, Disposable {
  readonly user: string;
  readonly #window: Rectangle;
  readonly #view: TerminalView;
  readonly #shell: ConsoleShell;
  #thumbTop = -1;

  constructor(
    private readonly screen: Screen,
    private readonly options: DesktopOptions,
  ) {
    this.user = options.user;
    const columns = Math.min(
      PREFERRED.columns,
      Math.floor((screen.width - MARGIN * 2 - SCROLL_BAR_WIDTH) / CELL.width),
    );
    const room = screen.height - TASKBAR_HEIGHT - MARGIN * 2 - TITLE_HEIGHT;
    const rows = Math.min(PREFERRED.rows, Math.floor(room / CELL.height));
    this.#window = { x: MARGIN, y: MARGIN, ...frameAround(columns, rows) };
    const origin = { x: this.#window.x + 2, y: this.#window.y + TITLE_HEIGHT + 1 };
    this.#view = new TerminalView(screen, origin, columns, rows, () => this.#drawThumb());
    this.#shell = options.openShell(options.user, columns, rows);
    this.#shell.onOutput((output) => this.#view.write(output));
    this.#shell.onExit(options.onExit);
    // Answers to queries, such as the cursor's position.
    this.#view.terminal.onData((answer) => this.#shell.write(Buffer.from(answer)));
  }

  draw(): void {
    const isAdministrator = this.user.toLowerCase() === 'administrator';
    const title = `${isAdministrator ? 'Administrator: ' : ''}Command Prompt`;
    this.screen.redraw(() => {
      this.screen.paint(this.#recycleBin, (brush) => this.#paintRecycleBin(brush));
      this.screen.paint(taskbarArea(this.screen), (brush) => {
        paintTaskbar(brush, this.screen);
        paintTaskbarClock(brush, this.screen, this.options.now());
      });
      this.screen.paint(this.#window, (brush) => paintWindowFrame(brush, this.#window, title));
      this.#thumbTop = -1;
      this.#view.show();
    });
  }

  /** The session goes on without a picture: another scene has the screen. */
  hide(): void {
    this.#view.hide();
  }

  tick(): void {
    this.screen.paint(clockArea(this.screen), (brush) =>
      paintTaskbarClock(brush, this.screen, this.options.now()),
    );
  }

  key(press: KeyPress): void {
    const input = terminalInput(press, this.#view.terminal.modes.applicationCursorKeysMode);
    if (input !== undefined) this.#shell.write(Buffer.from(input));
  }

  #drawThumb(): void {
    const track = this.#window.height - TITLE_HEIGHT - 1;
    const top = Math.round((this.#view.terminal.buffer.active.baseY / SCROLLBACK) * (track - THUMB));
    if (top === this.#thumbTop) return;
    this.#thumbTop = top;
    const area = {
      x: this.#window.x + this.#window.width - SCROLL_BAR_WIDTH - 1,
      y: this.#window.y + TITLE_HEIGHT,
      width: SCROLL_BAR_WIDTH,
      height: track,
    };
    this.screen.paint(area, (brush) => {
      brush.fillStyle = '#f0f0f0';
      brush.fillRect(area.x, area.y, area.width, area.height);
      brush.fillStyle = '#a6a6a6';
      brush.fillRect(area.x + 1, area.y + top, area.width - 2, THUMB);
    });
  }

  get #recycleBin(): Rectangle {
    return { x: this.screen.width - 92, y: this.screen.height - TASKBAR_HEIGHT - 98, width: 72, height: 80 };
  }

  #paintRecycleBin(brush: Brush): void {
    const x = this.#recycleBin.x + 8;
    const y = this.#recycleBin.y + 2;
    brush.fillStyle = 'rgba(225, 238, 248, 0.9)';
    brush.beginPath();
    brush.moveTo(x + 10, y + 4);
    brush.lineTo(x + 46, y + 4);
    brush.lineTo(x + 41, y + 50);
    brush.lineTo(x + 15, y + 50);
    brush.fill();
    brush.strokeStyle = '#6c98bd';
    brush.lineWidth = 2;
    brush.strokeRect(x + 8, y + 2, 40, 4);
    brush.fillStyle = colours.text;
    brush.textAlign = 'center';
    brush.font = `12px ${fonts.text}`;
    brush.fillText('Recycle Bin', x + 28, y + 70);
  }

  [Symbol.dispose](): void {
    this.#shell.close();
    this.#view[Symbol.dispose]();
  }
}
