import { expect, test } from 'vitest';
import type { Run } from './row-picture';
import { RowPictures } from './row-pictures';

const run = (text: string, look: Partial<Run> = {}): Run => ({
  column: 0,
  width: text.length,
  ink: '#cccccc',
  paper: '#0c0c0c',
  ...look,
  text,
});

function counted() {
  let painted = 0;
  const picture = { paint: () => Uint8ClampedArray.of(++painted) };
  const pictures = new RowPictures(picture, 80);
  return { row: (runs: readonly Run[], cursor?: Run) => pictures.row(runs, cursor)[0] };
}

test('a row that was painted lately is not painted again', () => {
  const { row } = counted();
  expect([row([run('dir')]), row([]), row([run('dir')]), row([])]).toEqual([1, 2, 1, 2]);
});

test('rows that look different are different pictures', () => {
  const { row } = counted();
  const rows = [
    [run('dir')],
    [run('dir', { column: 1 })],
    [run('dir', { width: 6 })],
    [run('dir', { ink: '#ffffff' })],
    [run('dir', { paper: '#ffffff' })],
    [run('di'), run('r', { column: 2 })],
    [run('Dir')],
  ];
  expect(rows.map((runs) => row(runs))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(row([run('dir')], run(' '))).toBe(8);
  expect(row([run('dir')], run(' ', { column: 1 }))).toBe(9);
});

test('the row that was not used for the longest time is forgotten first', () => {
  const { row } = counted();
  row([run('first')]);
  row([run('second')]);
  for (let index = 0; index < 78; index += 1) row([run(`row ${index}`)]);
  expect(row([run('first')])).toBe(1);
  row([run('one more')]);
  expect(row([run('first')])).toBe(1);
  expect(row([run('second')])).toBe(82);
});
