import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Pixels; the origin is the top left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface FramebufferGeometry {
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
}

/** Where a rectangle is at least this part of a row, whole rows go out in one write: system calls cost more than bytes. */
const WHOLE_ROWS_FROM = 0.5;

/**
 * Reads the geometry of a Linux framebuffer from sysfs (Documentation/ABI/testing/sysfs-class-graphics).
 * Only 32 bits per pixel are supported, as bochs-drm, virtio-gpu and efifb give them.
 */
export function readFramebufferGeometry(sysfs = '/sys/class/graphics/fb0'): FramebufferGeometry {
  const read = (name: string) => readFileSync(`${sysfs}/${name}`, 'utf8').trim();
  const [width, height] = read('virtual_size').split(',').map(Number);
  const bitsPerPixel = Number(read('bits_per_pixel'));
  const stride = Number(read('stride'));
  if (!width || !height || !stride)
    throw new Error(
      `The framebuffer ${sysfs} has no usable geometry: virtual_size is "${read('virtual_size')}" and stride "${read('stride')}". Check that a display driver is loaded.`,
    );
  if (bitsPerPixel !== 32)
    throw new Error(
      `The framebuffer ${sysfs} has ${bitsPerPixel} bits per pixel and only 32 are supported. Boot with a 32-bit mode, for example video=1024x768-32.`,
    );
  return { width, height, stride };
}

/**
 * A Linux framebuffer (or any file with the same layout: rows of 4-byte pixels in the order blue, green, red, unused).
 * A copy of the picture is kept, so that a change of a few pixels costs one short write.
 */
export class Framebuffer implements Disposable {
  readonly width: number;
  readonly height: number;
  readonly #stride: number;
  readonly #descriptor: number;
  readonly #shadow: Uint32Array;
  readonly #bytes: Uint8Array;
  #holding = false;
  #held: Rectangle | undefined;

  private constructor(descriptor: number, geometry: FramebufferGeometry) {
    this.#descriptor = descriptor;
    this.width = geometry.width;
    this.height = geometry.height;
    this.#stride = geometry.stride;
    this.#shadow = new Uint32Array((geometry.stride / 4) * geometry.height);
    this.#bytes = new Uint8Array(this.#shadow.buffer);
  }

  /** Opens an existing device or file; the caller disposes it. */
  static open(path = '/dev/fb0', geometry: FramebufferGeometry = readFramebufferGeometry()): Framebuffer {
    try {
      return new Framebuffer(openSync(path, 'r+'), geometry);
    } catch (cause) {
      throw new Error(
        `Cannot open the framebuffer ${path}. Is a display driver (bochs, virtio-gpu) loaded?`,
        { cause },
      );
    }
  }

  /**
   * Lays a tightly packed rectangle of red, green, blue, alpha bytes (a canvas's order, not premultiplied) over a
   * backdrop: `behind` has a colour 0xRRGGBB for each row of the screen. Without one, transparency is not looked at.
   */
  drawRgba(area: Rectangle, rgba: Uint8Array | Uint8ClampedArray, behind?: ArrayLike<number>): void {
    const source = new Uint32Array(rgba.buffer, rgba.byteOffset, area.width * area.height);
    const visible = this.#clip(area);
    if (!visible) return;
    const shadow = this.#shadow;
    for (let y = visible.y; y < visible.y + visible.height; y++) {
      const back = behind?.[y] ?? 0;
      let from = (y - area.y) * area.width + (visible.x - area.x);
      let to = (y * this.#stride) / 4 + visible.x;
      for (const end = to + visible.width; to < end; to++, from++) {
        const pixel = source[from]!;
        const alpha = behind ? pixel >>> 24 : 255;
        if (alpha === 255) shadow[to] = ((pixel & 0xff) << 16) | (pixel & 0xff00) | ((pixel >>> 16) & 0xff);
        else if (alpha === 0) shadow[to] = back;
        else shadow[to] = blend(pixel, alpha, back);
      }
    }
    this.#show(visible);
  }

  /** Fills a rectangle with bytes in the framebuffer's own order: blue, green, red, unused; row by row. */
  drawBytes(area: Rectangle, bytes: Uint8Array | Uint8ClampedArray): void {
    const visible = this.#clip(area);
    if (!visible) return;
    for (let y = visible.y; y < visible.y + visible.height; y++) {
      const from = ((y - area.y) * area.width + (visible.x - area.x)) * 4;
      this.#bytes.set(bytes.subarray(from, from + visible.width * 4), y * this.#stride + visible.x * 4);
    }
    this.#show(visible);
  }

  /** Fills a rectangle with what `colourAt` says for each point of the screen, as 0xRRGGBB. */
  drawEach(area: Rectangle, colourAt: (x: number, y: number) => number): void {
    const visible = this.#clip(area);
    if (!visible) return;
    for (let y = visible.y; y < visible.y + visible.height; y++) {
      const row = (y * this.#stride) / 4;
      for (let x = visible.x; x < visible.x + visible.width; x++) this.#shadow[row + x] = colourAt(x, y);
    }
    this.#show(visible);
  }

  /** Fills the screen with one colour 0xRRGGBB for each row. */
  drawRows(colours: ArrayLike<number>): void {
    for (let y = 0; y < this.height; y++) {
      const row = (y * this.#stride) / 4;
      this.#shadow.fill(colours[y] ?? 0, row, row + this.width);
    }
    this.#show({ x: 0, y: 0, width: this.width, height: this.height });
  }

  /** What is drawn in here goes to the screen at once, at the end of the outermost call. */
  together(draw: () => void): void {
    if (this.#holding) {
      draw();
      return;
    }
    this.#holding = true;
    this.#held = undefined;
    try {
      draw();
    } finally {
      this.#holding = false;
      if (this.#held) this.#flush(this.#held);
    }
  }

  #clip(area: Rectangle): Rectangle | undefined {
    const x = Math.max(0, area.x);
    const y = Math.max(0, area.y);
    const width = Math.min(this.width, area.x + area.width) - x;
    const height = Math.min(this.height, area.y + area.height) - y;
    return width > 0 && height > 0 ? { x, y, width, height } : undefined;
  }

  #show(area: Rectangle): void {
    if (this.#holding) this.#held = this.#held ? union(this.#held, area) : area;
    else this.#flush(area);
  }

  #flush({ x, y, width, height }: Rectangle): void {
    if (width >= this.width * WHOLE_ROWS_FROM) this.#write(y * this.#stride, height * this.#stride);
    else for (let row = y; row < y + height; row++) this.#write(row * this.#stride + x * 4, width * 4);
  }

  #write(offset: number, length: number): void {
    let done = 0;
    while (done < length)
      done += writeSync(this.#descriptor, this.#bytes, offset + done, length - done, offset + done);
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}

/** One pixel (0xAABBGGRR) over a colour 0xRRGGBB. */
function blend(pixel: number, alpha: number, back: number): number {
  const mix = (above: number, below: number) => Math.round((above * alpha + below * (255 - alpha)) / 255);
  const red = mix(pixel & 0xff, (back >>> 16) & 0xff);
  const green = mix((pixel >>> 8) & 0xff, (back >>> 8) & 0xff);
  const blue = mix((pixel >>> 16) & 0xff, back & 0xff);
  return (red << 16) | (green << 8) | blue;
}

function union(a: Rectangle, b: Rectangle): Rectangle {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
