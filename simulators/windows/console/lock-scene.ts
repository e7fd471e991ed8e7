import type { Rectangle } from '../../linux-devices';
import { type ClockTexts, clockTexts } from './clock-text';
import { fonts } from './fonts';
import type { Scene } from './scene';
import type { Brush, Screen } from './screen';
import { colours } from './theme';

/** Text of the lock screen of Windows Server 2016 and later, as we remember it. */
const UNLOCK = 'Press Ctrl+Alt+Delete to unlock.';
const CLOCK = { width: 560, height: 170 };

export interface LockSceneOptions {
  readonly hostName: string;
  readonly now: () => Date;
}

/** The lock screen: clock, date and what to press. Keys do nothing here. */
export class LockScene implements Scene {
  constructor(
    private readonly screen: Screen,
    private readonly options: LockSceneOptions,
  ) {}

  draw(): void {
    this.screen.redraw(() => {
      this.tick();
      this.screen.paint(centredArea(this.screen, this.screen.height - 70, 400, 40), (brush) => {
        brush.fillStyle = colours.text;
        brush.textAlign = 'center';
        brush.font = `21px ${fonts.text}`;
        brush.fillText(UNLOCK, this.screen.width / 2, this.screen.height - 44);
      });
      paintMark(this.screen, this.options.hostName);
    });
  }

  tick(): void {
    const top = this.screen.height - 300;
    this.screen.paint({ x: 40, y: top, ...CLOCK }, (brush) => this.#clock(brush, top));
  }

  key(): void {}

  #clock(brush: Brush, top: number): void {
    const texts: ClockTexts = clockTexts(this.options.now());
    brush.fillStyle = colours.text;
    brush.textAlign = 'left';
    brush.font = `88px ${fonts.light}`;
    brush.fillText(texts.time, 46, top + 88);
    brush.font = `38px ${fonts.light}`;
    brush.fillText(texts.longDate, 50, top + 144);
  }
}

/** Our own line: nobody shall take a picture of the stand-in for one of Windows. */
export function paintMark(screen: Screen, hostName: string): void {
  const area = { x: screen.width - 420, y: screen.height - 36, width: 420, height: 28 };
  screen.paint(area, (brush) => {
    brush.fillStyle = colours.faint;
    brush.textAlign = 'right';
    brush.font = `13px ${fonts.text}`;
    brush.fillText(`${hostName}  |  Rescue Lab stand-in`, screen.width - 20, screen.height - 18);
  });
}

/** An area in the middle of the screen's width. */
export function centredArea(screen: Screen, y: number, width: number, height: number): Rectangle {
  return { x: Math.round(screen.width / 2 - width / 2), y, width, height };
}
