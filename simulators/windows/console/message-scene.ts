import { Key, type KeyPress } from '../../linux-devices';
import { fonts } from './fonts';
import { centredArea, paintMark } from './lock-scene';
import type { Scene } from './scene';
import type { Brush, Screen } from './screen';
import { colours } from './theme';
import { paintUserTile, TILE_RADIUS } from './user-tile';

export interface MessageOptions {
  readonly hostName: string;
  readonly user: string;
  readonly message: string;
  /** Called by the OK button; without it there is no button and keys do nothing ("Welcome"). */
  readonly accept?: () => void;
}

/** The user's tile with one sentence below it and, where there is something to accept, an OK button with the focus. */
export class MessageScene implements Scene {
  constructor(
    private readonly screen: Screen,
    private readonly options: MessageOptions,
  ) {}

  draw(): void {
    const { hostName, user, message, accept } = this.options;
    const top = Math.round(this.screen.height * 0.16);
    const line = top + TILE_RADIUS * 2 + 130;
    this.screen.redraw(() => {
      paintUserTile(this.screen, top, user);
      const area = centredArea(this.screen, line - 24, Math.min(900, this.screen.width), 100);
      this.screen.paint(area, (brush) => this.#text(brush, message, line, accept !== undefined));
      paintMark(this.screen, hostName);
    });
  }

  #text(brush: Brush, message: string, line: number, button: boolean): void {
    const centre = Math.round(this.screen.width / 2);
    brush.textAlign = 'center';
    brush.fillStyle = colours.text;
    brush.font = `18px ${fonts.text}`;
    brush.fillText(message, centre, line, this.screen.width - 40);
    if (!button) return;
    brush.fillStyle = colours.button;
    brush.fillRect(centre - 56, line + 30, 112, 36);
    brush.strokeStyle = colours.text;
    brush.lineWidth = 2;
    brush.strokeRect(centre - 55, line + 31, 110, 34);
    brush.fillStyle = colours.text;
    brush.font = `16px ${fonts.text}`;
    brush.fillText('OK', centre, line + 54);
  }

  key(press: KeyPress): void {
    if (ACCEPTING.has(press.code) && press.action === 'down') this.options.accept?.();
  }
}

const SPACE = 57;
const ACCEPTING: ReadonlySet<number> = new Set([Key.Enter, Key.KeypadEnter, Key.Escape, SPACE]);
