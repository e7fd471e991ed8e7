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

  /** Copies a tightly packed rectangle of red, green, blue, alpha bytes (a canvas's order) to the screen. */
  drawRgba(area: Rectangle, rgba: Uint8Array | Uint8ClampedArray): void {
    const source = new Uint32Array(rgba.buffer, rgba.byteOffset, area.width * area.height);
    this.drawEach(area, (x, y) => {
      const pixel = source[(y - area.y) * area.width + (x - area.x)] ?? 0;
      return ((pixel & 0xff) << 16) | (pixel & 0xff00) | ((pixel >>> 16) & 0xff);
    });
  }

  /** Fills a rectangle with what `colourAt` says for each point of the screen, as 0xRRGGBB. */
  drawEach(area: Rectangle, colourAt: (x: number, y: number) => number): void {
    const left = Math.max(0, area.x);
    const top = Math.max(0, area.y);
    const right = Math.min(this.width, area.x + area.width);
    const bottom = Math.min(this.height, area.y + area.height);
    if (left >= right || top >= bottom) return;
    for (let y = top; y < bottom; y++) {
      const row = (y * this.#stride) / 4;
      for (let x = left; x < right; x++) this.#shadow[row + x] = colourAt(x, y);
    }
    this.#flush({ x: left, y: top, width: right - left, height: bottom - top });
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
