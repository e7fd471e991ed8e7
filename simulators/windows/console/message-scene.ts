import type { Canvas } from '@napi-rs/canvas';
import { Key, type KeyPress } from '../../linux-devices';
import { fonts } from './fonts';
import { paintMark } from './lock-scene';
import type { Scene } from './scene';
import type { Screen } from './screen';
import { colours } from './theme';
import { paintUserTile, TILE_RADIUS } from './user-tile';

export interface MessageOptions {
  readonly backdrop: Canvas;
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
    const { backdrop, hostName, user, message, accept } = this.options;
    const centre = Math.round(this.screen.width / 2);
    const top = Math.round(this.screen.height * 0.16);
    const line = top + TILE_RADIUS * 2 + 130;
    this.screen.paint(this.screen.whole, (brush) => {
      brush.drawImage(backdrop, 0, 0);
      paintUserTile(brush, centre, top, user);
      brush.textAlign = 'center';
      brush.fillStyle = colours.text;
      brush.font = `18px ${fonts.text}`;
      brush.fillText(message, centre, line, this.screen.width - 40);
      if (accept) {
        brush.fillStyle = colours.button;
        brush.fillRect(centre - 56, line + 30, 112, 36);
        brush.strokeStyle = colours.text;
        brush.lineWidth = 2;
        brush.strokeRect(centre - 55, line + 31, 110, 34);
        brush.fillStyle = colours.text;
        brush.font = `16px ${fonts.text}`;
        brush.fillText('OK', centre, line + 54);
      }
      paintMark(brush, this.screen, hostName);
    });
  }

  key(press: KeyPress): void {
    if (ACCEPTING.has(press.code) && press.action === 'down') this.options.accept?.();
  }
}

const SPACE = 57;
const ACCEPTING: ReadonlySet<number> = new Set([Key.Enter, Key.KeypadEnter, Key.Escape, SPACE]);
