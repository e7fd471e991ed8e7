import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { haveCommand, haveLdmtool, ldmtool } from '../disk/testing/ldm-samples';
import { DynamicData } from './dynamic-data';

const programs = ['mkntfs', 'ntfscp', 'ntfscat'].every(haveCommand);

describe.skipIf(!programs)('dynamic data disks', () => {
  let folder: string;
  let data: DynamicData;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-dynamic-'));
    const choice = {
      groupName: 'CUSTOMER-Dg0',
      disks: ['MBR', 'MBR', 'MBR', 'GPT', 'GPT', 'GPT'],
      volumes: [
        { layout: 'mirror', disks: [0, 1], letter: 'G' },
        { layout: 'striped', disks: [0, 1, 2], letter: 'I' },
        { layout: 'raid5', disks: [3, 4, 5], letter: 'J' },
        { layout: 'spanned', disks: [4, 5], letter: 'H' },
      ],
    } as const;
    data = await DynamicData.make(folder, choice, (letter) => ({ name: 'a b.txt', content: `on ${letter}` }));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('hold files on volumes of every layout', async () => {
    for (const { letter } of data.volumes)
      expect(await data.readFile(letter, 'a b.txt')).toBe(`on ${letter}`);
  });

  it('hold a file on each half of a mirror, and on RAID-5 without any one disk', async () => {
    for (const without of [0, 1]) expect(await data.readFile('G', 'a b.txt', without)).toBe('on G');
    for (const without of [3, 4, 5]) expect(await data.readFile('J', 'a b.txt', without)).toBe('on J');
    await expect(data.readFile('I', 'a b.txt', 0)).rejects.toThrow(/no complete/);
  });

  it('differ where they are torn, and nowhere in a file', async () => {
    for (const letter of ['G', 'J']) await data.tear(letter);
    const views = async (letter: string, disks: readonly number[]) =>
      Promise.all(
        disks.map(async (without) => Buffer.from(await data.volumeBytes(letter, without)).toString('latin1')),
      );
    expect(new Set(await views('G', [0, 1])).size).toBe(2);
    expect(new Set(await views('J', [3, 4, 5])).size).toBeGreaterThan(1);
    for (const without of [0, 1]) expect(await data.readFile('G', 'a b.txt', without)).toBe('on G');
    for (const without of [3, 4, 5]) expect(await data.readFile('J', 'a b.txt', without)).toBe('on J');
  });

  it.skipIf(!haveLdmtool)('are one group to ldmtool', () => {
    const [groups, group] = ldmtool(
      data.disks.map(({ path: file }) => file),
      [],
    ) as [string[], unknown];
    expect(groups).toHaveLength(1);
    expect(group).toBeUndefined();
  });
});
