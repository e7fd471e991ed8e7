import { PNG } from 'pngjs';
import type { Framebuffer, Rectangle } from '../../vm/rfb';

/** A part of a screen at one moment. Rows of red, green, blue, alpha bytes. */
export interface Snapshot {
  readonly area: Rectangle;
  readonly rgba: Buffer;
}

/** Takes the part of the screen; what lies outside of it is black. */
export function takeSnapshot(screen: Framebuffer, area: Rectangle = wholeOf(screen)): Snapshot {
  const rgba = Buffer.alloc(area.width * area.height * 4);
  for (let y = 0; y < area.height; y++)
    for (let x = 0; x < area.width; x++) {
      const isOnScreen = area.x + x < screen.width && area.y + y < screen.height;
      const [red, green, blue] = isOnScreen ? screen.colourAt(area.x + x, area.y + y) : [0, 0, 0];
      const at = (y * area.width + x) * 4;
      rgba[at] = red;
      rgba[at + 1] = green;
      rgba[at + 2] = blue;
      rgba[at + 3] = 255;
    }
  return { area, rgba };
}

export function wholeOf({ width, height }: Framebuffer): Rectangle {
  return { x: 0, y: 0, width, height };
}

export function snapshotPng({ area, rgba }: Snapshot): Buffer {
  const png = new PNG({ width: area.width, height: area.height });
  rgba.copy(png.data);
  return PNG.sync.write(png);
}
