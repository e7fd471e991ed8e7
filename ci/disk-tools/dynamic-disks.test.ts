import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assembleGroups, type GroupVolume, planResync, readMember } from '../../simulators/disk/ldm';
import { memoryDisk } from '../../simulators/disk/testing/ldm-samples';
import type { Inspection } from '../../simulators/windows/inspect';
import { digest, rescueLab, tool, typed, whyNoImages } from './testing/disk-command';
import { dynamicDisks } from './testing/server-images';

const reason = whyNoImages();
const MIB = 1 << 20;

describe.skipIf(reason !== undefined)(
  `dynamic disks in images${reason ? ` (${reason})` : ''}`,
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'dynamic-'));
    const made = { mirror: [] as Uint8Array[], raid5: [] as Uint8Array[] };
    beforeAll(async () => {
      for (const layout of ['mirror', 'raid5'] as const)
        made[layout] = await dynamicDisks(folder, layout, {
          'hello.txt': 'hello\r\n',
          'big.bin': new Uint8Array(300_000).fill(7),
        });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** Images of a test's own. */
    function images(name: string, layout: 'mirror' | 'raid5'): string[] {
      return made[layout].map((bytes, index) => {
        const image = join(folder, `${name}${index}.img`);
        writeFileSync(image, bytes);
        return image;
      });
    }
    const membersOf = (paths: readonly string[]) =>
      paths.map((path) => readMember(memoryDisk(new Uint8Array(readFileSync(path))))!);
    /** What somebody else would have to copy. */
    const behind = (paths: readonly string[]) =>
      planResync(assembleGroups(membersOf(paths))[0]!, () => true).map((plan) => plan.reason);
    const isDirty = (paths: readonly string[]) =>
      assembleGroups(membersOf(paths))[0]!.volumes.map(({ dirty }: GroupVolume) => dirty);
    /** The data of a half: its first MiB belongs to the tables, its last to the database. */
    const half = (path: string) => readFileSync(path).subarray(MIB, 9 * MIB);
    const has = (path: string, text: string) => readFileSync(path).includes(text);

    describe('a mirror', () => {
      it('is looked at without a change of any byte', async () => {
        const paths = images('look', 'mirror');
        const before = paths.map(digest);
        const { code, output } = await typed(folder, paths, 'dir C:\\', 'type C:\\hello.txt', 'exit 0');
        expect({ code, output }).toMatchObject({
          code: 0,
          output: expect.stringMatching(/>type C:\\hello\.txt\nhello\n/),
        });
        expect(paths.map(digest)).toEqual(before);
      });

      it('gets every write on both halves, and is in step afterwards', async () => {
        const paths = images('both', 'mirror');
        expect(await tool(folder, paths, ['cmd', '/c', 'echo on both halves> C:\\new.txt'])).toMatchObject({
          code: 0,
          errors: '',
        });
        expect(paths.map((path) => has(path, 'on both halves'))).toEqual([true, true]);
        expect(Buffer.compare(half(paths[0]!), half(paths[1]!))).toBe(0);
        expect({ dirty: isDirty(paths), behind: behind(paths) }).toEqual({ dirty: [false], behind: [] });
      });

      it('goes on with one half; the other is told to be old, and copied at the next write', async () => {
        const paths = images('alone', 'mirror');
        const [first, second] = paths as [string, string];
        const alone = await typed(folder, [second], 'echo written alone> C:\\new.txt', 'type C:\\new.txt');
        expect(alone.output).toMatch(/>type C:\\new\.txt\nwritten alone\n/);
        expect(paths.map((path) => has(path, 'written alone'))).toEqual([false, true]);
        expect(behind(paths)).toEqual(['behind']);

        const { output } = await rescueLab(folder, ['inspect', '--json', first, second]);
        const found = JSON.parse(output) as Inspection;
        expect(found.groups[0]!.volumes[0]!.behind).toEqual([0]);
        expect(found.problems.join('\n')).toContain('Disk 0 holds an old state of Volume1');

        const both = await typed(
          folder,
          paths,
          'type C:\\new.txt',
          'echo again> C:\\again.txt',
          'type C:\\new.txt',
        );
        expect(both.output.match(/^written alone$/gm)).toHaveLength(2);
        expect(Buffer.compare(half(first), half(second))).toBe(0);
        expect({ dirty: isDirty(paths), behind: behind(paths) }).toEqual({ dirty: [false], behind: [] });
      });

      it('is not changed with --read-only, even where a half is behind', async () => {
        const paths = images('locked', 'mirror');
        await tool(folder, [paths[1]!], ['cmd', '/c', 'echo alone> C:\\new.txt']);
        const before = paths.map(digest);
        const { code, errors } = await tool(folder, paths, [
          'cmd',
          '--read-only',
          '/c',
          'echo no> C:\\no.txt',
        ]);
        expect({ code, errors }).toEqual({ code: 1, errors: 'Access is denied.\n' });
        expect(paths.map(digest)).toEqual(before);
      });

      it('is foreign to a rescue system, until it is imported', async () => {
        const paths = images('foreign', 'mirror');
        const script = 'list disk\r\nlist volume\r\nselect disk 1\r\nimport\r\nlist disk\r\nlist volume\r\n';
        const { output } = await tool(folder, paths, ['diskpart', '--foreign'], script);
        const [before = '', after = ''] = output.split('DiskPart successfully imported the foreign disk.');
        expect(before.match(/Disk \d +Foreign /g)).toHaveLength(2);
        expect(before).toContain('There are no volumes.');
        expect(after.match(/Disk \d +Online /g)).toHaveLength(2);
        expect(after).toMatch(/Volume 0 +E +Data +NTFS +Mirror +8192 KB +Healthy/);
      });
    });

    describe('a RAID-5 volume with a disk missing', () => {
      it('is read and written, and the disk catches up at the next write with all', async () => {
        const paths = images('degraded', 'raid5');
        const [first, second, third] = paths as [string, string, string];
        const degraded = await typed(
          folder,
          [first, third],
          'type C:\\hello.txt',
          'copy C:\\big.bin C:\\copy.bin',
          'echo without one> C:\\new.txt',
        );
        expect(degraded.output).toMatch(/>type C:\\hello\.txt\nhello\n/);
        expect(behind(paths)).toEqual(['behind']);

        const before = paths.map(digest);
        const looking = await typed(
          folder,
          paths,
          'type C:\\new.txt',
          'fc /b C:\\big.bin C:\\copy.bin',
          'dir /b C:\\',
        );
        expect(looking.output).toMatch(/>type C:\\new\.txt\nwithout one\n/);
        expect(looking.output).toContain('copy.bin');
        expect(paths.map(digest)).toEqual(before);

        expect(await tool(folder, paths, ['cmd', '/c', 'echo all> C:\\all.txt'])).toMatchObject({ code: 0 });
        expect({ dirty: isDirty(paths), behind: behind(paths) }).toEqual({ dirty: [false], behind: [] });
        // Whichever column is worked out now, the files are the same.
        for (const left of [
          [second, third],
          [first, second],
        ]) {
          const { output } = await typed(folder, left, 'type C:\\new.txt', 'type C:\\all.txt');
          expect(output).toMatch(/^without one$/m);
          expect(output).toMatch(/^all$/m);
        }
      });

      it('is out of reach with two disks missing', async () => {
        const [first] = images('lost', 'raid5');
        const before = digest(first!);
        const { output } = await tool(folder, [first!], ['diskpart'], 'list volume\r\n');
        expect(output).toMatch(/Volume 0 .*RAID-5 .*Failed/);
        expect(digest(first!)).toBe(before);
      });
    });
  },
);
