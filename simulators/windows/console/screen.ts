import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Framebuffer, Rectangle } from '../../linux-devices';
import { backdropRows } from './theme';

export type Brush = SKRSContext2D;

/**
 * A canvas of the screen's size over a backdrop of one colour per row: under emulation a picture costs what its painted
 * areas cost. What is painted inside an area goes to the framebuffer at once, and nothing else.
 */
export class Screen {
  readonly width: number;
  readonly height: number;
  readonly #framebuffer: Framebuffer;
  readonly #brush: Brush;
  readonly #backdrop: Uint32Array;

  constructor(framebuffer: Framebuffer) {
    this.width = framebuffer.width;
    this.height = framebuffer.height;
    this.#framebuffer = framebuffer;
    this.#brush = createCanvas(this.width, this.height).getContext('2d');
    this.#backdrop = backdropRows(this.height);
  }

  /** What is drawn in here goes to the screen at once, at the end. */
  together(draw: () => void): void {
    this.#framebuffer.together(draw);
  }

  /** Puts a finished picture on the screen: blue, green, red and an unused byte, row by row. */
  copy(area: Rectangle, pixels: Uint8ClampedArray): void {
    this.#framebuffer.drawBytes(area, pixels);
  }

  /** A new picture: the backdrop, and what is painted in here on it. */
  redraw(paintAreas: () => void): void {
    this.#framebuffer.together(() => {
      this.#framebuffer.drawRows(this.#backdrop);
      paintAreas();
    });
  }

  /** Paints an area (whole pixels) on the backdrop anew; what reaches out of it is cut off. */
  paint(area: Rectangle, painter: (brush: Brush) => void): void {
    const { x, y, width, height } = area;
    this.#brush.save();
    this.#brush.beginPath();
    this.#brush.rect(x, y, width, height);
    this.#brush.clip();
    this.#brush.clearRect(x, y, width, height);
    painter(this.#brush);
    this.#brush.restore();
    const { data } = this.#brush.getImageData(x, y, width, height);
    this.#framebuffer.drawRgba(area, data as Uint8ClampedArray, this.#backdrop);
  }
}
