import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listingCases, writeCase } from '../listing/testing/listing-files';
import { rescueLab } from './testing/disk-command';

describe('rescue-lab list, through Node.js', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rl-list-'));
    writeCase(folder, listingCases().find(({ name }) => name === 'table')!);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('lists a file by its path from where the command was typed', async () => {
    const { code, output, errors } = await rescueLab(folder, ['list', 'table', 'table-0']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain('label-id: 0xa1b2c3d4\ndevice: table-0\n');
  });

  it('exits with 1 where a file cannot be read', async () => {
    const { code, errors } = await rescueLab(folder, ['list', 'hive', 'table-0']);
    expect(code).toBe(1);
    expect(errors).toContain('at byte 0 (0x0): it does not start with "regf"');
  });

  it.each([
    [['list', 'nothing', 'table-0'], 'Allowed choices are hive, store, accounts'],
    [['list', 'table'], 'missing required argument'],
    [['list', 'table', 'table-0', 'table-0'], 'only groups takes more than one file'],
    [['list', 'table', '--fast', 'table-0'], "unknown option '--fast'"],
  ])('exits with 2 for a command line that is none: %s', async (words, message) => {
    const { code, errors } = await rescueLab(folder, words);
    expect(code).toBe(2);
    expect(errors).toContain(message);
  });
});
