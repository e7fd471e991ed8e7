import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFeature } from './read-feature';

const docs = join(__dirname, '../../docs');
const rows = readFileSync(join(docs, 'ovh-complaints.md'), 'utf8')
  .split('\n')
  .map((line) => line.split(' | '))
  .filter(([number]) => /^\| \d+$/.test(number ?? ''));

/** The names of a file's scenarios, as they are written. */
function scenariosOf(file: string): string[] {
  const { feature } = readFeature(file, readFileSync(join(docs, file), 'utf8'));
  const children = feature?.children.flatMap(({ rule, ...child }) => rule?.children ?? [child]) ?? [];
  return children.flatMap(({ scenario }) => (scenario ? [scenario.name] : []));
}

test.each(rows.map((row) => [row[0]?.slice(2), row[1], row[2]]))('%s, %s: its scenarios exist', (...row) => {
  const places = [...(row[2] ?? '').matchAll(/\]\(([^)]+)\):((?: "[^"]+";?)+)/g)];
  expect(places).not.toEqual([]);
  for (const [, file = '', names = ''] of places) {
    const named = [...names.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
    expect(scenariosOf(file)).toEqual(expect.arrayContaining(named));
  }
});

test('there is a row for each complaint that concerns the provider', () => {
  expect(rows.map(([number]) => Number(number?.slice(2)))).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 21, 26,
  ]);
});
