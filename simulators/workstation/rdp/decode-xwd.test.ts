import { expect, test } from 'vitest';
import { decodeXwd } from './decode-xwd';

function dump(version: number, bitsPerPixel: number, pixels: readonly number[]): Buffer {
  const header = Buffer.alloc(104);
  // Header size, version, format, depth, width, height, x offset, byte order (0: least significant byte first).
  [104, version, 2, 24, 2, 1, 0, 0].forEach((value, index) => {
    header.writeUInt32BE(value, index * 4);
  });
  header.writeUInt32BE(bitsPerPixel, 44);
  header.writeUInt32BE(8, 48);
  header.writeUInt32BE(1, 76);
  const body = Buffer.alloc(8);
  pixels.forEach((pixel, index) => {
    body.writeUInt32LE(pixel, index * 4);
  });
  return Buffer.concat([header, Buffer.alloc(12, 0x77), body]);
}

test('skips the header and the colour map and turns pixels into red, green, blue, alpha', () => {
  const picture = decodeXwd(dump(7, 32, [0x112233, 0xffabcdef]));
  expect({ ...picture, rgba: picture.rgba.toString('hex') }).toEqual({
    width: 2,
    height: 1,
    rgba: '112233ffabcdefff',
  });
});

test('refuses what it cannot read', () => {
  expect(() => decodeXwd(dump(6, 32, []))).toThrow(
    'This is no X window dump of 32 bits per pixel: version 6',
  );
  expect(() => decodeXwd(dump(7, 16, []))).toThrow('version 7, 16 bits');
});
