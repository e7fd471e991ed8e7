import type { Framebuffer, Rectangle } from '../../linux-devices';
import type { Framebuffer as Picture } from '../../vm/rfb';
import { Placement } from './placement';

/** Copies changed rectangles of a remote picture to the screen; around a smaller picture the screen is black. */
export class PictureCopier {
  #placement: Placement | undefined;
  #size = '';

  constructor(private readonly screen: Framebuffer) {}

  copy(picture: Picture, rectangles: readonly Rectangle[]): void {
    const size = `${picture.width}x${picture.height}`;
    if (!this.#placement || size !== this.#size) {
      this.clear();
      this.#size = size;
      this.#placement = new Placement(picture, this.screen);
      this.#copy(picture, this.#placement, { x: 0, y: 0, width: picture.width, height: picture.height });
    } else for (const rectangle of rectangles) this.#copy(picture, this.#placement, rectangle);
  }

  /** Makes the screen black; the next picture is then copied whole. */
  clear(): void {
    this.#placement = undefined;
    this.screen.drawEach({ x: 0, y: 0, width: this.screen.width, height: this.screen.height }, () => 0);
  }

  #copy({ pixels, width }: Picture, placement: Placement, rectangle: Rectangle): void {
    const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 4);
    this.screen.drawEach(
      placement.onScreen(rectangle),
      (x, y) => (words[placement.row(y) * width + placement.column(x)] ?? 0) & 0xffffff,
    );
  }
}
