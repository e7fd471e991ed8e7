import { Writable } from 'node:stream';
import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { runProject } from '../messages/testing/run-project';
import { LiveProgress } from './live-progress';
import { paintFor } from './wording';

type Envelope = Awaited<ReturnType<typeof runProject>>[number];

/** Feeds messages up to the first that fits, and returns what a terminal then shows, line by line. */
async function screenAt(isLast: (envelope: Envelope) => boolean, end = false): Promise<string[]> {
  const terminal = new Terminal({ cols: 80, rows: 24, convertEol: true, allowProposedApi: true });
  const stream = new Writable({
    write: (chunk, _encoding, done) => terminal.write(String(chunk), () => done()),
  });
  let now = 0;
  const mask = (text: string) => text.replaceAll('picture', '********');
  const live = new LiveProgress(stream, paintFor(false), mask, () => now);
  for (const envelope of await runProject({ tags: '@journey' })) {
    const { timestamp } = envelope.testStepStarted ?? {};
    if (timestamp) now = timestamp.seconds * 1000 + timestamp.nanos / 1e6 + 2500;
    live.add(envelope);
    if (isLast(envelope)) break;
  }
  if (end) live.end();
  await new Promise<void>((resolve) => stream.write('', () => resolve()));
  const rows = Array.from({ length: 24 }, (_, row) =>
    terminal.buffer.active.getLine(row)?.translateToString(true),
  );
  if (!end) live.end();
  return rows.map((row) => (row ?? '').replace(/\d+(\.\d+)?ms$/, 'TIME')).filter((row) => row !== '');
}

describe('LiveProgress', () => {
  it('shows scenario, step, machine state and elapsed time, masked', async () => {
    const isState = (envelope: Envelope) =>
      envelope.attachment?.mediaType === 'text/x.rescue-lab.state+plain';
    expect(await screenAt(isState)).toEqual([
      'Outcomes › A good one',
      '  ✓ Given a step that passes  TIME',
      '  ✓ When a step takes  TIME',
      '  … Then a step shows a ********  2.5s',
      '    server: power on',
      // The steps before took their time, too.
      expect.stringMatching(/^0 scenarios done, [2-9]\.\ds$/),
    ]);
  });

  it('leaves only finished lines behind', async () => {
    expect(await screenAt((envelope) => envelope.testRunFinished !== undefined, true)).toEqual([
      'Outcomes › A good one',
      '  ✓ Given a step that passes  TIME',
      '  ✓ When a step takes  TIME',
      '  ✓ Then a step shows a ********  TIME',
      expect.stringMatching(/^ {2}✓ passed in /),
    ]);
  });
});
