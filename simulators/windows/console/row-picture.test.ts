import { beforeAll, expect, test } from 'vitest';
import { loadFonts } from './fonts';
import { CELL, COLUMNS_OF_RUN, RowPicture, type Run } from './row-picture';

const grey = { ink: '#cccccc', paper: '#0c0c0c' };
const run = (column: number, text: string, colours = grey, width = text.length): Run => ({
  column,
  text,
  width,
  ...colours,
});
const everyLetter = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');

beforeAll(() => loadFonts());

/** 0xRRGGBB of each point. */
const points = (bytes: Uint8ClampedArray): number[] =>
  Array.from({ length: bytes.length / 4 }, (_, at) => {
    const [blue = 0, green = 0, red = 0] = bytes.subarray(at * 4, at * 4 + 3);
    return (red << 16) | (green << 8) | blue;
  });
/** The columns of pixels of one cell out of a picture that is `width` cells wide. */
const cell = (all: readonly number[], width: number, column: number): number[] =>
  all.filter((_, at) => Math.floor((at % (width * CELL.width)) / CELL.width) === column);

test('a letter in a long run looks as it does alone', () => {
  const picture = new RowPicture(120);
  const text = everyLetter.slice(0, 60) + everyLetter.slice(35);
  const runs = Array.from({ length: 8 }, (_, part) =>
    run(part * COLUMNS_OF_RUN, text.slice(part * COLUMNS_OF_RUN, (part + 1) * COLUMNS_OF_RUN)),
  );
  const together = points(picture.paint(0, 120, runs, undefined));
  for (const [column, letter] of [...text].entries()) {
    const alone = points(picture.paint(column, 1, [run(column, letter)], undefined));
    // A neighbour's foot may reach over the edge by a shade; half of a letter's pixels would be another place.
    const differing = cell(together, 120, column).filter((point, at) => point !== alone[at]).length;
    expect({ letter, differing: differing > 8 }).toEqual({ letter, differing: false });
  }
});

test('blue comes first, ink and paper are their own', () => {
  const picture = new RowPicture(4);
  const painted = picture.paint(1, 2, [run(1, '█ ', { ink: '#c50f1f', paper: '#0037da' })], undefined);
  expect([...painted.subarray((8 * 16 + 4) * 4, (8 * 16 + 4) * 4 + 3)]).toEqual([0x1f, 0x0f, 0xc5]);
  expect(points(painted)[8 * 16 + 12]).toBe(0x0037da);
});

test('an empty cell is paper, with the cursor at its foot, as wide as what it stands on', () => {
  const picture = new RowPicture(4);
  expect(new Set(points(picture.paint(0, 4, [], undefined)))).toEqual(new Set([0x0c0c0c]));
  const rows = (width: number) => {
    const painted = points(picture.paint(0, 2, [], { column: 0, width }));
    return Array.from({ length: CELL.height }, (_, row) => painted[row * 16 + 12]);
  };
  expect(new Set(rows(1))).toEqual(new Set([0x0c0c0c]));
  expect(rows(2)).toEqual([...Array(12).fill(0x0c0c0c), ...Array(3).fill(0xf2f2f2), 0x0c0c0c]);
});
