import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImageStore, labRecipes } from '../../images';
import { type NestedRun, RunPlace } from './testing/nested-run';
import { isMachine, nothing } from './testing/traces';

const store = new ImageStore();
const built = labRecipes.every((recipe) => existsSync(join(store.directoryOf(recipe), 'manifest.json')));

/** From a signal to a machine without traces (ms). */
const CLEAN = 15_000;
/** From power-on to the boot manager's first words, beside other tests (ms). */
const BOOTING = 90_000;
/** Two runs of a real machine, the second walking a whole boot when none is saved yet, beside other tests (ms). */
const TWO_RUNS = 240_000;

let place: RunPlace;
beforeEach(() => {
  place = new RunPlace();
});
afterEach(() => place[Symbol.dispose]());

/** A workstation with an open browser and remote desktop. */
const OPEN_WORKSTATION = ['--require', 'ts-node/register', join(__dirname, 'testing/open-workstation.ts')];
const programs = ['/usr/bin/chromium', '/usr/bin/Xvfb', '/usr/bin/xfreerdp'];

describe.skipIf(!programs.every((program) => existsSync(program)))(
  'a workstation whose runner is killed',
  () => {
    it('leaves no browser, no display, no profile and no socket', async () => {
      const run = place.start(OPEN_WORKSTATION);
      await run.said(/^open$/m);
      const { processes, listeners, unixSockets } = place.traces();
      for (const program of programs)
        expect(processes.some(({ command }) => command.includes(basename(program)))).toBe(true);
      expect(listeners).toHaveLength(2);
      expect(unixSockets.some((path) => path.includes('.X11-unix'))).toBe(true);
      run.signal('SIGKILL');
      await expect.poll(() => place.traces(), { timeout: CLEAN }).toEqual(nothing);
    }, 60_000);
  },
);

describe.skipIf(!built)('a run that ends in the middle of a journey', () => {
  /** The machine runs, and its guest is on its way to a failed boot. */
  async function switchedOn(run: NestedRun): Promise<{ qemu: number }> {
    await run.said(/✓ When she switches the server on/);
    const { processes, listeners, unixSockets, files } = place.traces();
    const qemu = processes.find(isMachine);
    expect(qemu, 'the machine').toBeDefined();
    expect(processes.some(({ command }) => command.includes('end-session.sh'))).toBe(true);
    for (const port of [22, 3389, 5900])
      expect(listeners.some((address) => new RegExp(`^127\\..*:${port}$`).test(address))).toBe(true);
    for (const name of ['qmp.sock', 'netboot.sock'])
      expect(unixSockets.some((path) => path.endsWith(name))).toBe(true);
    for (const name of [/system\.qcow2$/, /waypoints\/\..*\/ram$/])
      expect(files.some((path) => name.test(path))).toBe(true);
    return { qemu: qemu?.pid ?? 0 };
  }

  async function nextRunWorks(): Promise<void> {
    const next = place.startFeature({ savedBoots: true });
    expect(await next.ended, next.output).toBe(0);
    expect(next.output).toContain('1 passed, 0 failed, 0 skipped');
    await expect.poll(() => place.traces(), { timeout: CLEAN }).toEqual(nothing);
  }

  /** A boot that was saved whole stays for the next run. */
  function tracesBesideSavedBoots() {
    const { files, ...rest } = place.traces();
    return { ...rest, files: files.filter((path) => !/^cache\/waypoints\/[^.]/.test(path)) };
  }

  it.each<[string, { terminal?: boolean }, (run: NestedRun) => void, number | string]>([
    ['Ctrl-C in its terminal', { terminal: true }, (run) => run.type('\x03'), 130],
    ['SIGTERM', {}, (run) => run.signal('SIGTERM'), 143],
    ['SIGKILL of the command', {}, (run) => run.signal('SIGKILL'), 'SIGKILL'],
    ['SIGKILL of all its processes', {}, (run) => run.signalGroup('SIGKILL'), 'SIGKILL'],
  ])(
    'by %s leaves nothing, and the next run works',
    async (_how, options, end, code) => {
      const run = place.startFeature(options);
      await switchedOn(run);
      end(run);
      expect(await run.ended, run.output).toBe(code);
      await expect.poll(() => place.traces(), { timeout: CLEAN }).toEqual(nothing);
      await nextRunWorks();
    },
    TWO_RUNS,
  );

  it(
    'by SIGKILL of QEMU says what was lost and what was seen last, goes on with a second attempt, and leaves nothing',
    async () => {
      const run = place.startFeature();
      const { qemu } = await switchedOn(run);
      // Linux below the boot manager does not find the mirror's metadata on the system disk.
      await expect.poll(() => place.serialLines(), { timeout: BOOTING }).toContain('ldm_parse_tocblock');
      process.kill(qemu, 'SIGKILL');
      expect(await run.ended, run.output).toBe(0);
      expect(run.output).toContain(
        `lost its machine: QEMU (pid ${qemu}) was ended by SIGKILL, and nobody had switched the server off.`,
      );
      expect(run.output).toMatch(
        /The last lines of its serial line:\n(?: +\| .*\n)* +\| .*ldm_parse_tocblock/,
      );
      expect(run.output).toMatch(/✗ Then the boot manager shows status/);
      expect(run.output).not.toContain('✗ After');
      expect(run.output).toContain('Attempt 1 of this failed, a later one passed');
      await expect.poll(() => tracesBesideSavedBoots(), { timeout: CLEAN }).toEqual(nothing);
    },
    TWO_RUNS,
  );
});
