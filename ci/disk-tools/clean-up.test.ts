import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NestedRun, RunPlace } from '../features/testing/nested-run';
import { nothing } from '../features/testing/traces';
import { RESCUE_LAB, whyNoImages } from './testing/disk-command';
import { dynamicDisks } from './testing/server-images';

const reason = whyNoImages();
/** From a signal to a machine without traces (ms). */
const CLEAN = 15_000;

describe.skipIf(reason !== undefined)(
  `a command on disk images that ends${reason ? ` (${reason})` : ''}`,
  () => {
    // Not in the place of the run, where every file counts as left behind.
    const folder = mkdtempSync(join(tmpdir(), 'tool-end-'));
    const images = ['0', '1'].map((name) => join(folder, `mirror${name}.img`));
    let halves: Uint8Array[];
    beforeAll(async () => {
      halves = await dynamicDisks(folder, 'mirror', { 'hello.txt': 'hello\r\n' });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    let place: RunPlace;
    beforeEach(() => {
      place = new RunPlace();
      images.forEach((image, index) => {
        writeFileSync(image, halves[index]!);
      });
    });
    afterEach(() => place[Symbol.dispose]());

    const start = (options?: { readonly terminal: boolean }): NestedRun =>
      place.start([RESCUE_LAB, 'tool', 'cmd', ...images.flatMap((image) => ['--disk', image])], options);

    /** The volume is mounted for writing, and somebody has written on it. */
    async function written(run: NestedRun, enter: string): Promise<void> {
      await run.said(/X:\\>/);
      run.type(`echo before the end> C:\\new.txt${enter}`);
      run.type(`echo and %COMPUTERNAME%${enter}`);
      await run.said(/and MININT/);
      const { processes, unixSockets } = place.traces();
      const programs = processes.map(({ command }) => command);
      expect(programs.filter((command) => command.startsWith('qemu-storage-daemon'))).toHaveLength(2);
      expect(programs.filter((command) => command.startsWith('ntfs-3g'))).toHaveLength(1);
      expect(unixSockets.some((path) => path.includes(place.folder))).toBe(true);
    }

    it.each<[string, boolean, (run: NestedRun) => void, number | string]>([
      ['by itself', false, (run) => run.type('exit 5\r\n'), 5],
      ['by exit in a terminal', true, (run) => run.type('exit 5\r'), 5],
      ['by Ctrl-C', false, (run) => run.signal('SIGINT'), 130],
      // As a terminal does while a script is read.
      ['by Ctrl-C of all its processes', false, (run) => run.signalGroup('SIGINT'), 130],
      ['by SIGTERM', false, (run) => run.signal('SIGTERM'), 143],
      ['by SIGKILL', false, (run) => run.signal('SIGKILL'), 'SIGKILL'],
      ['by SIGKILL of all its processes', false, (run) => run.signalGroup('SIGKILL'), 'SIGKILL'],
    ])(
      '%s leaves no process, socket, mount or file, and the image free for the next one',
      async (_how, terminal, end, code) => {
        const run = start({ terminal });
        await written(run, terminal ? '\r' : '\r\n');
        end(run);
        expect(await run.ended, run.output).toBe(code);
        await expect.poll(() => place.traces(), { timeout: CLEAN }).toEqual(nothing);
        for (const image of images) expect(readFileSync(image).includes('before the end')).toBe(true);

        const next = start();
        next.type('type C:\\new.txt\r\nexit\r\n');
        expect(await next.ended, next.output).toBe(0);
        expect(next.output).toContain('before the end');
        await expect.poll(() => place.traces(), { timeout: CLEAN }).toEqual(nothing);
      },
      40_000,
    );

    it('in the middle of its writing ends without a word of the programs below', async () => {
      const run = start();
      await run.said(/X:\\>/);
      run.type('for /l %i in (1,1,1000000) do @(echo %i> C:\\count.txt & if %i==20 echo under way)\r\n');
      await run.said(/\nunder way/);
      run.signalGroup('SIGINT');
      expect(await run.ended, run.output).toBe(130);
      expect(run.output.replace(/^.*\nunder way/s, '')).not.toMatch(/error|ENOTCONN|umount/i);
      await expect.poll(() => place.traces(), { timeout: CLEAN }).toEqual(nothing);

      const next = start();
      next.type('fsutil dirty query C:\r\nchkdsk C:\r\nexit\r\n');
      expect(await next.ended, next.output).toBe(0);
      expect(next.output).toContain('is NOT Dirty');
      expect(next.output).toContain('found no problems');
    }, 40_000);
  },
);
