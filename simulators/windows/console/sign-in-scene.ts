import { Key, type KeyPress, type Rectangle } from '../../linux-devices';
import { type EditBox, paintEditBox } from './edit-box';
import { fonts } from './fonts';
import { paintMark } from './lock-scene';
import type { Scene } from './scene';
import type { Brush, Screen } from './screen';
import { TextField } from './text-field';
import { colours } from './theme';
import { paintUserTile, TILE_RADIUS } from './user-tile';

const OTHER_USER = 'Other user';
const CAPS_LOCK = 'Caps Lock is on';
const BOX = { width: 300, height: 36 };

export interface SignInOptions {
  readonly hostName: string;
  /** The offered account; undefined asks for the name as well. */
  readonly user: string | undefined;
  /** Small line below the name, for example `Locked`. */
  readonly note?: string;
  readonly submit: (user: string, password: string) => void;
  readonly cancel: () => void;
}

type Stop = 'user' | 'password' | 'submit' | 'switch';

/**
 * The sign-in screen: the offered account with a password box, or "Other user" with both boxes. Tab goes round: boxes,
 * arrow button, and the entry at the bottom left that changes between the two. Keyboard only: a console has no mouse here.
 */
export class SignInScene implements Scene {
  #other: boolean;
  #focus: Stop;
  #capsLock = false;
  #user = new TextField();
  readonly #password = new TextField();

  constructor(
    private readonly screen: Screen,
    private readonly options: SignInOptions,
  ) {
    this.#other = options.user === undefined;
    this.#focus = this.#other ? 'user' : 'password';
  }

  draw(): void {
    this.screen.redraw(() => {
      paintUserTile(this.screen, this.#top, this.#other ? OTHER_USER : this.options.user!);
      this.#redrawFields();
      paintMark(this.screen, this.options.hostName);
    });
  }

  key(press: KeyPress): void {
    const capsLockTurned = press.capsLock !== this.#capsLock;
    this.#capsLock = press.capsLock;
    if (press.code === Key.Escape) this.options.cancel();
    else if (press.code === Key.Tab) this.#move(press.shift ? -1 : 1);
    else if (press.code === Key.Enter || press.code === Key.KeypadEnter) this.#enter();
    else if (this.#focus === 'user' && this.#user.apply(press)) this.#redrawBox(this.#userBox);
    else if (this.#focus === 'password' && this.#password.apply(press)) this.#redrawBox(this.#passwordBox);
    if (capsLockTurned) this.#redrawFields();
  }

  get #stops(): readonly Stop[] {
    const boxes: Stop[] = this.#other ? ['user', 'password', 'submit'] : ['password', 'submit'];
    return this.options.user === undefined ? boxes : [...boxes, 'switch'];
  }

  #move(step: 1 | -1): void {
    const stops = this.#stops;
    this.#focus = stops[(stops.indexOf(this.#focus) + step + stops.length) % stops.length]!;
    this.#redrawFields();
  }

  #enter(): void {
    const user = this.#other ? this.#user.text.trim() : this.options.user!;
    if (this.#focus === 'switch') {
      this.#other = !this.#other;
      this.#user = new TextField();
      this.#password.clear();
      this.#focus = this.#other ? 'user' : 'password';
      this.draw();
    } else if (this.#focus === 'user') this.#move(1);
    else if (user === '') {
      this.#focus = 'user';
      this.#redrawFields();
    } else this.options.submit(user, this.#password.text);
  }

  get #centre(): number {
    return Math.round(this.screen.width / 2);
  }

  get #top(): number {
    return Math.round(this.screen.height * 0.16);
  }

  /** Everything that changes while typing. */
  get #fieldsArea(): Rectangle {
    return { x: this.#centre - 240, y: this.#top + TILE_RADIUS * 2 + 76, width: 480, height: 210 };
  }

  #boxAt(row: number): Rectangle {
    return { x: this.#centre - BOX.width / 2, y: this.#fieldsArea.y + 34 + row * (BOX.height + 14), ...BOX };
  }

  get #userBox(): EditBox {
    return { area: this.#boxAt(0), field: this.#user, hint: 'User name', secret: false };
  }

  get #passwordBox(): EditBox {
    return { area: this.#boxAt(this.#other ? 1 : 0), field: this.#password, hint: 'Password', secret: true };
  }

  #redrawBox(box: EditBox): void {
    this.screen.paint(box.area, (brush) => paintEditBox(brush, box, true));
  }

  #redrawFields(): void {
    this.screen.paint(this.#fieldsArea, (brush) => this.#paintFields(brush));
    this.screen.paint(this.#switchArea, (brush) => this.#paintSwitch(brush));
  }

  #paintFields(brush: Brush): void {
    if (!this.#other && this.options.note) this.#paintLine(brush, this.options.note, this.#fieldsArea.y + 16);
    if (this.#other) paintEditBox(brush, this.#userBox, this.#focus === 'user');
    const password = this.#passwordBox;
    paintEditBox(brush, password, this.#focus === 'password');
    this.#paintArrow(brush, password.area);
    let below = password.area.y + BOX.height + 28;
    if (this.#other) {
      this.#paintLine(brush, `Sign in to: ${this.options.hostName}`, below);
      below += 28;
    }
    if (this.#capsLock) this.#paintLine(brush, CAPS_LOCK, below);
  }

  #paintLine(brush: Brush, text: string, y: number): void {
    brush.fillStyle = colours.text;
    brush.textAlign = 'center';
    brush.font = `16px ${fonts.text}`;
    brush.fillText(text, this.#centre, y);
  }

  #paintArrow(brush: Brush, box: Rectangle): void {
    const x = box.x + box.width + 4;
    brush.fillStyle = colours.button;
    brush.fillRect(x, box.y, box.height, box.height);
    if (this.#focus === 'submit') {
      brush.strokeStyle = colours.text;
      brush.lineWidth = 2;
      brush.strokeRect(x + 1, box.y + 1, box.height - 2, box.height - 2);
    }
    const middle = box.y + box.height / 2;
    brush.strokeStyle = colours.text;
    brush.lineWidth = 2;
    brush.beginPath();
    brush.moveTo(x + 9, middle);
    brush.lineTo(x + 27, middle);
    brush.moveTo(x + 19, middle - 8);
    brush.lineTo(x + 27, middle);
    brush.lineTo(x + 19, middle + 8);
    brush.stroke();
  }

  get #switchArea(): Rectangle {
    return { x: 24, y: this.screen.height - 84, width: 260, height: 52 };
  }

  /** The entry at the bottom left that leads to the other way of signing in. */
  #paintSwitch(brush: Brush): void {
    if (this.options.user === undefined) return;
    const { x, y, width, height } = this.#switchArea;
    brush.fillStyle = 'rgba(255, 255, 255, 0.12)';
    brush.fillRect(x, y, width, height);
    if (this.#focus === 'switch') {
      brush.strokeStyle = colours.text;
      brush.lineWidth = 2;
      brush.strokeRect(x + 1, y + 1, width - 2, height - 2);
    }
    brush.fillStyle = '#d6dee6';
    brush.beginPath();
    brush.arc(x + 28, y + height / 2, 16, 0, Math.PI * 2);
    brush.fill();
    brush.fillStyle = colours.text;
    brush.textAlign = 'left';
    brush.font = `17px ${fonts.text}`;
    brush.fillText(this.#other ? this.options.user : OTHER_USER, x + 58, y + height / 2 + 6);
  }
}
