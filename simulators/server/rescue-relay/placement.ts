import type { Rectangle } from '../../linux-devices';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a picture lies on a screen: centred, in its own size, or smaller where the screen is too small for it. */
export class Placement {
  readonly #picture: Size;
  readonly #target: Rectangle;

  constructor(picture: Size, screen: Size) {
    this.#picture = picture;
    const scale = Math.min(1, screen.width / picture.width, screen.height / picture.height);
    const width = Math.round(picture.width * scale);
    const height = Math.round(picture.height * scale);
    const x = Math.floor((screen.width - width) / 2);
    this.#target = { x, y: Math.floor((screen.height - height) / 2), width, height };
  }

  /** The part of the screen that shows this part of the picture. */
  onScreen({ x, y, width, height }: Rectangle): Rectangle {
    const left = Math.floor((x * this.#target.width) / this.#picture.width);
    const top = Math.floor((y * this.#target.height) / this.#picture.height);
    const right = Math.ceil(((x + width) * this.#target.width) / this.#picture.width);
    const bottom = Math.ceil(((y + height) * this.#target.height) / this.#picture.height);
    return { x: this.#target.x + left, y: this.#target.y + top, width: right - left, height: bottom - top };
  }

  /** The picture's column that the screen's column shows. */
  column(x: number): number {
    return Math.floor(((x - this.#target.x) * this.#picture.width) / this.#target.width);
  }

  /** The picture's row that the screen's row shows. */
  row(y: number): number {
    return Math.floor(((y - this.#target.y) * this.#picture.height) / this.#target.height);
  }
}
