import { beforeAll, expect, test } from 'vitest';
import { CELL, CellPictures } from './cell-pictures';
import { loadFonts } from './fonts';

const grey = { ink: '#cccccc', paper: '#0c0c0c' };
const pixels = CELL.width * CELL.height;

beforeAll(() => loadFonts());

test('a cell is drawn once, and again for another letter, colour, width or cursor', () => {
  const pictures = new CellPictures();
  const letter = pictures.of('W', 1, grey, false);
  expect(pictures.of('W', 1, { ...grey }, false)).toBe(letter);
  const others = [
    pictures.of('M', 1, grey, false),
    pictures.of('W', 1, { ink: grey.paper, paper: grey.ink }, false),
    pictures.of('W', 1, grey, true),
  ];
  for (const other of others) expect(other).not.toEqual(letter);
  expect(pictures.of('W', 2, grey, false)).toHaveLength(2 * pixels);
});

test('an empty cell is paper, with the cursor at its foot', () => {
  const pictures = new CellPictures();
  expect(pictures.of('', 1, grey, false)).toEqual(new Uint32Array(pixels).fill(0x0c0c0c));
  const cursor = pictures.of(' ', 1, grey, true);
  const rows = Array.from({ length: CELL.height }, (_, row) => cursor[row * CELL.width]);
  expect(rows).toEqual([...Array(12).fill(0x0c0c0c), ...Array(3).fill(0xf2f2f2), 0x0c0c0c]);
});

test('a letter leaves nothing in the next one', () => {
  const pictures = new CellPictures();
  pictures.of('█', 2, grey, true);
  const alone = new CellPictures().of('i', 1, grey, false);
  expect(pictures.of('i', 1, grey, false)).toEqual(alone);
});

test('stays small where a program uses colours without end', () => {
  const pictures = new CellPictures();
  const first = pictures.of('x', 1, grey, false);
  for (let colour = 0; colour < 3000; colour += 1)
    pictures.of('x', 1, { ink: grey.ink, paper: `rgb(${colour >> 8}, ${colour & 255}, 0)` }, false);
  const again = pictures.of('x', 1, grey, false);
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});
