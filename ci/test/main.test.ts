import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(__dirname, '../..');
const project = 'ci/messages/testing/project';
const hanging = 'ci/messages/testing/hanging-project';

let reports: string;
beforeAll(async () => {
  reports = await mkdtemp(join(tmpdir(), 'reports-'));
});
afterAll(() => rm(reports, { recursive: true }));

/** `npm test`, without set-up and units, on the small project with one scenario for each outcome. */
function start(tags: string, features = project) {
  return execa({
    cwd: root,
    reject: false,
    env: { RESCUE_LAB_REPORTS: reports, CI: '1' },
  })(process.execPath, [
    ...['-r', 'ts-node/register', 'ci/test/main.ts', '--features-only', '--no-images'],
    ...['--config', 'ci/messages/testing/cucumber.json', '--require', `${project}/steps.cjs`],
    ...['--format', './ci/progress/formatter.cjs', '--tags', tags, features],
  ]);
}

async function run(tags: string) {
  const { stdout, exitCode } = await start(tags);
  return { exitCode, stdout, last: stdout.split('\n').at(-1) };
}

const latest = (file: string) => readFile(join(reports, 'latest', file), 'utf8');

describe('npm test', () => {
  it('ends well when all passed, and leaves page, messages and JUnit', async () => {
    expect(await run('@journey')).toMatchObject({ exitCode: 0, last: '1 passed, 0 failed, 0 skipped' });
    expect(await latest('index.html')).toContain('The scenario passed');
    expect(await latest('messages.ndjson')).toContain('"testRunFinished"');
    expect(await latest('junit.xml')).toContain('<testcase classname="Outcomes"');
  });

  it('fails when a scenario failed, and says how to repeat it', async () => {
    const { stdout, ...end } = await run('@failed or @skipped');
    expect(end).toEqual({ exitCode: 1, last: '0 passed, 1 failed, 1 skipped' });
    expect(stdout).toContain(
      `Failed:\n  ✗ Outcomes › A bad one\n    npm test -- --features-only ${project}/outcomes.feature:23\n`,
    );
  });

  it.each(['@undefined', '@ambiguous', '@pending', '@nobody'])('fails on %s', async (tags) => {
    expect(await run(tags)).toMatchObject({ exitCode: 1, last: '0 passed, 1 failed, 0 skipped' });
  });

  it('writes the report also when it is stopped', async () => {
    const running = start('@hanging', hanging);
    await new Promise<void>((resolve) => {
      running.stdout.on('data', (chunk) => String(chunk).includes('Given a step that passes') && resolve());
    });
    running.kill('SIGINT');
    const { exitCode } = await running;
    expect(exitCode).toBe(130);
    expect(await latest('index.html')).toContain('cut off');
  });
});
