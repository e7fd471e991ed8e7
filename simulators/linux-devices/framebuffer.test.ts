import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Framebuffer, readFramebufferGeometry } from './framebuffer';

const geometry = { width: 4, height: 3, stride: 20 };
let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'framebuffer-'));
  path = join(directory, 'fb');
  writeFileSync(path, Buffer.alloc(geometry.stride * geometry.height, 0xee));
});
afterEach(() => rmSync(directory, { recursive: true }));

const pixel = (x: number, y: number) => readFileSync(path).readUInt32LE(y * geometry.stride + x * 4);

test('writes blue, green, red and leaves the rest of the screen alone', () => {
  using screen = Framebuffer.open(path, geometry);
  screen.drawRgba(
    { x: 2, y: 1, width: 1, height: 2 },
    Uint8Array.from([0x11, 0x22, 0x33, 255, 0xaa, 0xbb, 0xcc, 255]),
  );
  expect(pixel(2, 1)).toBe(0x112233);
  expect(pixel(2, 2)).toBe(0xaabbcc);
  expect(pixel(1, 1)).toBe(0xeeeeeeee);
  expect(pixel(3, 1)).toBe(0xeeeeeeee);
});

test('lets the backdrop through where the picture is transparent', () => {
  using screen = Framebuffer.open(path, geometry);
  screen.drawRgba(
    { x: 0, y: 1, width: 3, height: 1 },
    Uint8Array.from([0xff, 0xff, 0xff, 0, 0xff, 0, 0, 128, 0x11, 0x22, 0x33, 255]),
    [0, 0x0000fe, 0],
  );
  expect([pixel(0, 1), pixel(1, 1), pixel(2, 1)]).toEqual([0x0000fe, 0x80007f, 0x112233]);
});

test('fills rows, and holds back what belongs together', () => {
  using screen = Framebuffer.open(path, geometry);
  screen.together(() => {
    screen.drawRows([0x10, 0x20, 0x30]);
    screen.drawEach({ x: 3, y: 2, width: 1, height: 1 }, () => 0x31);
    expect(pixel(0, 0)).toBe(0xeeeeeeee);
  });
  expect([pixel(0, 0), pixel(3, 1), pixel(2, 2), pixel(3, 2)]).toEqual([0x10, 0x20, 0x30, 0x31]);
});

test('takes finished bytes, and what is held back inside of another is shown with that', () => {
  using screen = Framebuffer.open(path, geometry);
  screen.together(() => {
    screen.together(() =>
      screen.drawBytes(
        { x: 3, y: 1, width: 2, height: 2 },
        Uint8Array.of(0x41, 0, 1, 0, 0x42, 0, 0, 0, 0x43, 0, 0, 0, 0x44, 0, 0, 0),
      ),
    );
    expect(pixel(3, 1)).toBe(0xeeeeeeee);
  });
  expect([pixel(3, 1), pixel(3, 2), pixel(2, 1)]).toEqual([0x010041, 0x43, 0xeeeeeeee]);
});

test('clips what lies outside of the screen', () => {
  using screen = Framebuffer.open(path, geometry);
  screen.drawEach({ x: -2, y: -1, width: 20, height: 20 }, (x, y) => y * 16 + x);
  expect(pixel(0, 0)).toBe(0);
  expect(pixel(3, 2)).toBe(0x23);
  expect(readFileSync(path).length).toBe(60);
});

test('reads the geometry from sysfs and refuses other depths', () => {
  writeFileSync(join(directory, 'virtual_size'), '1280,800\n');
  writeFileSync(join(directory, 'bits_per_pixel'), '32\n');
  writeFileSync(join(directory, 'stride'), '5120\n');
  expect(readFramebufferGeometry(directory)).toEqual({ width: 1280, height: 800, stride: 5120 });
  writeFileSync(join(directory, 'bits_per_pixel'), '16\n');
  expect(() => readFramebufferGeometry(directory)).toThrow(
    `The framebuffer ${directory} has 16 bits per pixel and only 32 are supported.`,
  );
});
