import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MASK, SecretBook } from '../../simulators/evidence';
import { modelOf, runProject } from '../messages/testing/run-project';
import { writeReport } from './write-report';

let reports: string;
let runFolder: string;
let html: string;

beforeAll(async () => {
  reports = await mkdtemp(join(tmpdir(), 'reports-'));
  runFolder = join(reports, '2026-01-02-030405');
  const evidence = join(runFolder, 'outcomes--a-good-one');
  await mkdir(evidence, { recursive: true });
  await writeFile(join(evidence, 'serial.log'), 'login: Sesame-2024\n');
  const secrets = new SecretBook();
  secrets.add('Sesame-2024', '5000 ms');
  const model = modelOf(await runProject({ tags: 'not @flaky' }));
  html = await readFile(
    await writeReport(model, { runFolder, secrets, units: { passed: 700, failed: 0, skipped: 1 } }),
    'utf8',
  );
});
afterAll(() => rm(reports, { recursive: true }));

/** The part of the page that is about one scenario. */
const article = (name: string) => html.split('<article').find((part) => part.includes(`<h2>${name}</h2>`))!;

describe('writeReport', () => {
  it('sums the run up', () => {
    expect(html).toContain('5 failed, 2 passed, 1 skipped');
    expect(html).toMatch(/<dt>Accelerator<\/dt><dd>tcg<\/dd>/);
    expect(html).toMatch(/<dt>Guest<\/dt><dd>stand-in<\/dd>/);
    expect(html).toMatch(/<dt>QEMU<\/dt><dd>7\.2\.22<\/dd>/);
    expect(html).toMatch(/<dt>Unit tests<\/dt><dd>700 passed, 0 failed<\/dd>/);
  });

  it('shows steps with their pictures beside them, as files', async () => {
    const good = article('A good one');
    expect(good).toContain('src="outcomes--a-good-one/screens/0001-boot-manager.png"');
    expect(good).toContain('<figcaption>Boot manager</figcaption>');
    expect(good).toContain('src="outcomes--a-good-one/pictures/0001.png"');
    const picture = await readFile(join(runFolder, 'outcomes--a-good-one/pictures/0001.png'));
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(html).not.toContain('base64');
  });

  it('links the evidence that is there', () => {
    expect(article('A good one')).toContain('<a href="outcomes--a-good-one/serial.log">serial.log</a>');
  });

  it('says how to repeat a failure, and shows what was seen, escaped', () => {
    const bad = article('A bad one');
    expect(bad).toContain('npm test -- --features-only ci/messages/testing/project/outcomes.feature:23');
    expect(bad).toContain('saw &quot;&lt;nothing&gt;&quot; after');
  });

  it('says what each scenario waited for, and what all did, the longest first', () => {
    expect(article('A good one')).toMatch(
      /Waited for<\/span>\s*<span class="wait-list"><span class="wait">firmware <b>2\.5s<\/b>/,
    );
    const [, times = ''] = html.split('Where the time went</h2>');
    expect(times).toMatch(/waited for: <span class="wait">firmware <b>5s<\/b>/);
    expect(times).toContain('>A bad one</a>');
    expect(times).not.toContain('>A row</a>');
  });

  it('opens failures and journeys, and leaves the rest folded', () => {
    expect(article('A bad one')).toContain('<details open>');
    expect(article('A good one')).toContain('<details open>');
    expect(article('A row')).not.toContain('<details open>');
  });

  it('masks secrets on the page and in the files beside it', async () => {
    expect(article('A bad one')).toContain(`after ${MASK}.`);
    expect(await readFile(join(runFolder, 'outcomes--a-good-one/serial.log'), 'utf8')).toBe(
      `login: ${MASK}\n`,
    );
  });

  it('lets latest point to the run', async () => {
    expect(await readlink(join(reports, 'latest'))).toBe('2026-01-02-030405');
  });
});
