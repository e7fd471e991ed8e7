import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = join(__dirname, 'main.mjs');
const root = join(__dirname, '../..');
let folder: string;
let waiting: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hand-over-'));
  waiting = join(folder, 'waiting.cjs');
  // Says its process id and the signal it gets, and ends only by that.
  writeFileSync(
    waiting,
    `const hold = setInterval(() => {}, 1000);
     for (const signal of ['SIGINT', 'SIGTERM'])
       process.on(signal, () => { console.log(signal); clearInterval(hold); process.exitCode = 7; });
     console.log(process.pid);`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(file: string): { child: ChildProcess; lines: AsyncIterator<string> } {
  const child = spawn(process.execPath, [main, '--npm-only', relative(root, file)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { child, lines: linesOf(child) };
}

async function* linesOf(child: ChildProcess): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of child.stdout!) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

describe('hand-over to Node.js 24', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'passes %s on and ends with the code of the child',
    async (signal) => {
      const { child, lines } = start(waiting);
      await lines.next();
      child.kill(signal);
      expect((await lines.next()).value).toBe(signal);
      expect(await once(child, 'exit')).toEqual([7, null]);
    },
  );

  it('ends the child when the set-up itself is killed', async () => {
    const { child, lines } = start(waiting);
    await lines.next();
    child.kill('SIGKILL');
    expect((await lines.next()).value).toBe('SIGTERM');
    // Its standard output closes when it ends.
    expect((await lines.next()).done).toBe(true);
  });
});
