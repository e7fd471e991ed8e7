import type { Canvas } from '@napi-rs/canvas';
import { type ClockTexts, clockTexts } from './clock-text';
import { fonts } from './fonts';
import type { Scene } from './scene';
import type { Brush, Screen } from './screen';
import { colours } from './theme';

/** Text of the lock screen of Windows Server 2016 and later, as we remember it. */
const UNLOCK = 'Press Ctrl+Alt+Delete to unlock.';
const CLOCK_HEIGHT = 170;

export interface LockSceneOptions {
  readonly backdrop: Canvas;
  readonly hostName: string;
  readonly now: () => Date;
  readonly timeZone: string;
}

/** The lock screen: clock, date and what to press. Keys do nothing here. */
export class LockScene implements Scene {
  constructor(
    private readonly screen: Screen,
    private readonly options: LockSceneOptions,
  ) {}

  draw(): void {
    this.screen.paint(this.screen.whole, (brush) => {
      brush.drawImage(this.options.backdrop, 0, 0);
      this.#clock(brush);
      brush.fillStyle = colours.text;
      brush.textAlign = 'center';
      brush.font = `21px ${fonts.text}`;
      brush.fillText(UNLOCK, this.screen.width / 2, this.screen.height - 44);
      paintMark(brush, this.screen, this.options.hostName);
    });
  }

  tick(): void {
    const area = { x: 0, y: this.#clockTop, width: this.screen.width, height: CLOCK_HEIGHT };
    this.screen.paint(area, (brush) => {
      brush.drawImage(this.options.backdrop, 0, 0);
      this.#clock(brush);
    });
  }

  key(): void {}

  get #clockTop(): number {
    return this.screen.height - 300;
  }

  #clock(brush: Brush): void {
    const texts: ClockTexts = clockTexts(this.options.now(), this.options.timeZone);
    brush.fillStyle = colours.text;
    brush.textAlign = 'left';
    brush.font = `88px ${fonts.light}`;
    brush.fillText(texts.time, 46, this.#clockTop + 88);
    brush.font = `38px ${fonts.light}`;
    brush.fillText(texts.longDate, 50, this.#clockTop + 144);
  }
}

/** Our own line: nobody shall take a picture of the stand-in for one of Windows. */
export function paintMark(brush: Brush, screen: Screen, hostName: string): void {
  brush.fillStyle = colours.faint;
  brush.textAlign = 'right';
  brush.font = `13px ${fonts.text}`;
  brush.fillText(`${hostName}  |  Rescue Lab stand-in`, screen.width - 20, screen.height - 18);
}
