export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture of 4 bytes per pixel, blue first, the fourth unused; rows follow each other without gaps. */
export class Framebuffer {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = Buffer.alloc(width * height * 4);
  }

  /** Puts a rectangle of the same pixel format into its place. */
  draw({ x, y, width, height }: Rectangle, data: Buffer): void {
    if (x + width > this.width || y + height > this.height) {
      throw new Error(
        `The server sent a rectangle ${width}x${height} at ${x},${y} for a screen of ${this.width}x${this.height}.`,
      );
    }
    if (x === 0 && width === this.width) {
      data.copy(this.pixels, y * width * 4);
      return;
    }
    for (let row = 0; row < height; row++) {
      data.copy(this.pixels, ((y + row) * this.width + x) * 4, row * width * 4, (row + 1) * width * 4);
    }
  }

  /** Red, green and blue (0-255) at a place. */
  colourAt(x: number, y: number): [red: number, green: number, blue: number] {
    const at = (y * this.width + x) * 4;
    const [blue = 0, green = 0, red = 0] = this.pixels.subarray(at, at + 3);
    return [red, green, blue];
  }
}
