import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'gate-'));
  mkdirSync(join(clone, '.ci'));
  mkdirSync(join(clone, 'bin'));
  copyFileSync(join(__dirname, '../../.ci/run'), join(clone, '.ci/run'));
});
afterEach(() => rmSync(clone, { recursive: true }));

/** Runs the gate in a folder whose `npm` only says what it is told to. */
async function gate(script: string) {
  writeFileSync(join(clone, 'bin/npm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const { stdout, exitCode } = await execa({
    reject: false,
    env: { PATH: `${clone}/bin:${process.env['PATH']}` },
  })('bash', [join(clone, '.ci/run')]);
  return { exitCode, lines: stdout.split('\n') };
}

describe('.ci/run', () => {
  it('ends with the closing line, also when npm has something to say after it', async () => {
    const { exitCode, lines } = await gate(
      'echo units; echo "12 passed, 0 failed, 1 skipped"; echo "npm notice" >&2',
    );
    expect(exitCode).toBe(0);
    expect(lines).toEqual(['units', 'npm notice', '12 passed, 0 failed, 1 skipped']);
  });

  it.each([
    ['a failed test', 'echo "12 passed, 1 failed, 0 skipped"; exit 1', '12 passed, 1 failed, 0 skipped'],
    [
      'a bad exit after a good line',
      'echo "12 passed, 0 failed, 0 skipped"; exit 1',
      '12 passed, 0 failed, 0 skipped',
    ],
    [
      'a bad line before a good exit',
      'echo "12 passed, 1 failed, 0 skipped"',
      '12 passed, 1 failed, 0 skipped',
    ],
    ['nothing that passed', 'echo "0 passed, 0 failed, 3 skipped"', '0 passed, 0 failed, 3 skipped'],
    ['a set-up that stopped', 'echo "Too little disk" >&2; exit 12', '0 passed, 1 failed, 0 skipped'],
    ['a run that never counted', 'true', '0 passed, 1 failed, 0 skipped'],
  ])('fails on %s', async (_name, script, last) => {
    const { exitCode, lines } = await gate(script);
    expect(exitCode).not.toBe(0);
    expect(lines.at(-1)).toBe(last);
  });

  it('runs npm test from the root of the clone, and nothing else', async () => {
    const { lines } = await gate('echo "$PWD: npm $*"; echo "1 passed, 0 failed, 0 skipped"');
    expect(lines[0]).toBe(`${clone}: npm test`);
  });
});
