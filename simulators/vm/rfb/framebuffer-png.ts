import { PNG } from 'pngjs';
import type { Framebuffer } from './framebuffer';

/** The picture as a PNG file's bytes. */
export function framebufferPng({ width, height, pixels }: Framebuffer): Buffer {
  const png = new PNG({ width, height });
  for (let at = 0; at < pixels.length; at += 4) {
    png.data[at] = pixels[at + 2] ?? 0;
    png.data[at + 1] = pixels[at + 1] ?? 0;
    png.data[at + 2] = pixels[at] ?? 0;
    png.data[at + 3] = 255;
  }
  return PNG.sync.write(png);
}
