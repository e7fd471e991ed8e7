import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomNumbers } from '../../simulators/disk/testing/mutations';
import { CutVolume } from './testing/cut-volume';
import { tool, whyNoImages } from './testing/disk-command';
import { type DiskWrite, recordWrites } from './testing/recorded-writes';
import { mbrServer, RESERVED, WINDOWS } from './testing/server-images';

const reason = whyNoImages();
const SOFTWARE = '\\Windows\\System32\\config\\SOFTWARE';
/** Subsets of the writes between two flushes that are tried. */
const SUBSETS = 4;

interface Change {
  readonly name: string;
  readonly words: readonly string[];
  /** The volume, and the hive on it that the command changes. */
  readonly volume: { readonly startSector: number; readonly sizeMiB: number };
  readonly hive: string;
  /** A file is made, for which NTFS makes its table of files longer. */
  readonly makesLog?: boolean;
}

const store = { volume: RESERVED, hive: '\\Boot\\BCD' };
const software = { volume: WINDOWS, hive: SOFTWARE };
const add = (name: string, data: string) =>
  ['reg', 'add', 'HKLM\\SOFTWARE\\New', '/v', name, '/t', 'REG_BINARY', '/d', data, '/f'] as const;

/** One after the other, on one disk. */
const changes: readonly Change[] = [
  {
    name: 'bcdedit /set of a store without a log',
    words: ['bcdedit', '/set', '{default}', 'description', 'Another name'],
    ...store,
    makesLog: true,
  },
  {
    name: 'bcdedit /set of a store with a log',
    words: ['bcdedit', '/set', '{default}', 'description', 'A third name'],
    ...store,
  },
  { name: 'reg add to a hive without a log', words: add('Small', '00'), ...software, makesLog: true },
  { name: 'reg add that makes the hive larger', words: add('Large', 'ab'.repeat(3500)), ...software },
  {
    name: 'reg delete that makes it smaller',
    words: ['reg', 'delete', 'HKLM\\SOFTWARE\\New', '/f'],
    ...software,
  },
];

describe.skipIf(reason !== undefined)(
  `a disk that lost power while a tool wrote${reason ? ` (${reason})` : ''}`,
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'power-cut-'));
    const image = join(folder, 'server.img');
    const before = join(folder, 'before.img');
    beforeAll(async () => writeFileSync(image, await mbrServer(folder)));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** Runs a tool on the image, which is kept as it was before. */
    function recorded(words: readonly string[]): Promise<DiskWrite[][]> {
      copyFileSync(image, before);
      return recordWrites(folder, image, async (path) => {
        const { code, errors } = await tool(folder, [path], words);
        expect({ code, errors }).toEqual({ code: 0, errors: '' });
      });
    }

    const open = (from: string, { volume }: Change) =>
      new CutVolume(join(folder, 'cut.ntfs'), from, volume.startSector * 512, volume.sizeMiB << 20);

    it.each(changes)('has the old or the new hive: $name', async (change) => {
      const flushed = await recorded(change.words);
      const [old, next] = await Promise.all(
        [before, image].map(async (from) => {
          using volume = open(from, change);
          return volume.hiveAfter([], change.hive);
        }),
      );
      expect(next).not.toBe(old);
      const nameOf = (hive: string) => (hive === old ? 'old' : hive === next ? 'new' : hive.slice(0, 100));

      using volume = open(before, change);
      const random = randomNumbers(1);
      const prefixes: string[] = [];
      const mended: string[] = [];
      for (const [count, all] of flushed.entries()) {
        const writes = volume.own(all);
        const between = new Set<string>();
        for (let subset = 0; subset < SUBSETS && writes.length > 1; subset += 1) {
          const some = writes.filter(() => random(2) === 0);
          between.add(nameOf(await volume.hiveAfter(some, change.hive)));
        }
        for (const write of writes) {
          volume.write(write);
          const found = await volume.hiveByNtfs3g(change.hive);
          prefixes.push(nameOf(found.hive));
          if (found.mended) mended.push(`${count} flushes and a write at ${write.offset}`);
          expect(nameOf(await volume.hiveAfter([], change.hive))).toBe(prefixes.at(-1));
        }
        expect([...between].filter((name) => name !== 'old' && name !== 'new')).toEqual([]);
      }

      // From some write on, the hive is the new one and stays so.
      const turn = prefixes.indexOf('new');
      expect(turn).toBeGreaterThan(0);
      expect(prefixes).toEqual(prefixes.map((_name, index) => (index < turn ? 'old' : 'new')));
      // $MFT and $MFTMirr differ for one write.
      expect(mended.length, mended.join()).toBe(change.makesLog ? 1 : 0);
    });
  },
);
