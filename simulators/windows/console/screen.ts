import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Framebuffer, Rectangle } from '../../linux-devices';

export type Brush = SKRSContext2D;

/** A canvas of the screen's size. What is painted inside a rectangle goes to the framebuffer at once, and nothing else. */
export class Screen {
  readonly width: number;
  readonly height: number;
  readonly #framebuffer: Framebuffer;
  readonly #brush: Brush;

  constructor(framebuffer: Framebuffer) {
    this.width = framebuffer.width;
    this.height = framebuffer.height;
    this.#framebuffer = framebuffer;
    this.#brush = createCanvas(this.width, this.height).getContext('2d');
  }

  get whole(): Rectangle {
    return { x: 0, y: 0, width: this.width, height: this.height };
  }

  /** The area is in whole pixels; painting outside of it is cut off. */
  paint(area: Rectangle, painter: (brush: Brush) => void): void {
    const { x, y, width, height } = area;
    this.#brush.save();
    this.#brush.beginPath();
    this.#brush.rect(x, y, width, height);
    this.#brush.clip();
    painter(this.#brush);
    this.#brush.restore();
    this.#framebuffer.drawRgba(area, this.#brush.getImageData(x, y, width, height).data as Uint8ClampedArray);
  }

  /** A picture of the screen's size, painted once and then copied where it is needed. */
  backdrop(painter: (brush: Brush) => void): Canvas {
    const canvas = createCanvas(this.width, this.height);
    painter(canvas.getContext('2d'));
    return canvas;
  }
}
