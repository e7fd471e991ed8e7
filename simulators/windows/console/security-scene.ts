import { Key, type KeyPress } from '../../linux-devices';
import { fonts } from './fonts';
import type { Scene } from './scene';
import type { Brush, Screen } from './screen';
import { colours } from './theme';

export interface SecurityChoice {
  readonly label: string;
  readonly choose: () => void;
}

/** What Ctrl+Alt+Del shows while a user is signed in: a short list, chosen with the arrow keys or Tab and Enter. */
export class SecurityScene implements Scene {
  #selected = 0;

  constructor(
    private readonly screen: Screen,
    private readonly choices: readonly SecurityChoice[],
    private readonly cancel: () => void,
  ) {}

  draw(): void {
    const width = 300;
    const left = Math.round((this.screen.width - width) / 2);
    const top = Math.round(this.screen.height * 0.3);
    const area = { x: left - 2, y: top - 2, width: width + 4, height: this.choices.length * 60 };
    this.screen.redraw(() => this.screen.paint(area, (brush) => this.#list(brush, left, top, width)));
  }

  #list(brush: Brush, left: number, top: number, width: number): void {
    brush.font = `24px ${fonts.light}`;
    brush.textAlign = 'center';
    this.choices.forEach(({ label }, index) => {
      const y = top + index * 60;
      if (index === this.#selected) {
        brush.fillStyle = 'rgba(255, 255, 255, 0.18)';
        brush.fillRect(left, y, width, 50);
        brush.strokeStyle = colours.text;
        brush.lineWidth = 2;
        brush.strokeRect(left + 1, y + 1, width - 2, 48);
      }
      brush.fillStyle = colours.text;
      brush.fillText(label, this.screen.width / 2, y + 34);
    });
  }

  key(press: KeyPress): void {
    if (press.code === Key.Escape) this.cancel();
    else if (press.code === Key.Enter || press.code === Key.KeypadEnter)
      this.choices[this.#selected]?.choose();
    else if (press.code === Key.Down || (press.code === Key.Tab && !press.shift)) this.#move(1);
    else if (press.code === Key.Up || press.code === Key.Tab) this.#move(-1);
  }

  #move(step: 1 | -1): void {
    this.#selected = (this.#selected + step + this.choices.length) % this.choices.length;
    this.draw();
  }
}
