import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFeature } from './read-feature';

const docs = join(__dirname, '../../docs');

/** The rows of a table that are numbered: number, complaint, scenarios. */
const rowsOf = (document: string) =>
  readFileSync(join(docs, document), 'utf8')
    .split('\n')
    .map((line) => line.split(' | '))
    .filter(([number]) => /^\| \d+$/.test(number ?? ''))
    .map(([number, complaint, scenarios]) => [number?.slice(2) ?? '', complaint, scenarios ?? ''] as const);

/** The names of a file's scenarios, as they are written. */
function scenariosOf(file: string): string[] {
  const { feature } = readFeature(file, readFileSync(join(docs, file), 'utf8'));
  const children = feature?.children.flatMap(({ rule, ...child }) => rule?.children ?? [child]) ?? [];
  return children.flatMap(({ scenario }) => (scenario ? [scenario.name] : []));
}

describe.each<[string, readonly number[]]>([
  ['ovh-complaints.md', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 21, 26]],
  ['nova.md', Array.from({ length: 24 }, (_, index) => index + 1)],
])('%s', (document, numbers) => {
  test.each(rowsOf(document))('%s, %s: its scenarios exist', (_number, _complaint, scenarios) => {
    const places = [...scenarios.matchAll(/\]\(([^)]+)\):((?: "[^"]+";?)+)/g)];
    expect(places).not.toEqual([]);
    for (const [, file = '', names = ''] of places) {
      const named = [...names.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
      expect(scenariosOf(file)).toEqual(expect.arrayContaining(named));
    }
  });

  test('there is a row for each complaint that concerns the provider', () => {
    expect(rowsOf(document).map(([number]) => Number(number))).toEqual(numbers);
  });
});
