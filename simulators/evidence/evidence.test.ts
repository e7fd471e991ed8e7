import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachState } from './attachments';
import { Evidence } from './evidence';
import { MASK } from './mask-secrets';
import { SecretBook } from './secret-book';
import { scenarioSlug } from './slug';

let folder: string;
let secrets: SecretBook;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-'));
  secrets = new SecretBook();
});
afterEach(() => rm(folder, { recursive: true }));

const open = () => Evidence.open({ runFolder: folder, slug: 'rescue--login', secrets });
const read = (name: string) => readFile(join(folder, 'rescue--login', name), 'utf8');

describe('Evidence', () => {
  it('numbers pictures and names them after their caption', async () => {
    const evidence = await open();
    await evidence.screen(Buffer.from('one'), 'Boot manager');
    const second = await evidence.screen(Buffer.from('two'), 'Logon screen');
    expect(second).toEqual({ file: 'rescue--login/screens/0002-logon-screen.png', caption: 'Logon screen' });
    expect(await read('screens/0001-boot-manager.png')).toBe('one');
  });

  it('masks a secret that arrives in two chunks', async () => {
    secrets.add('Zebra-4711');
    const evidence = await open();
    evidence.append('serial.log', 'password: Zebra');
    evidence.append('serial.log', '-4711\nnext');
    expect(await read('serial.log')).toBe(`password: ${MASK}\n`);
    await evidence.close();
    expect(await read('serial.log')).toBe(`password: ${MASK}\nnext`);
  });

  it('masks on close what became known as a secret only later', async () => {
    const evidence = await open();
    evidence.record('http.ndjson', { url: '/secret/retrieve?id=abcdef' });
    evidence.note('opened the link abcdef');
    secrets.add('abcdef');
    await evidence.close();
    expect(await read('http.ndjson')).toContain(`?id=${MASK}`);
    expect(await read('timeline.json')).toContain(`opened the link ${MASK}`);
  });

  it('writes a command line that a shell takes', async () => {
    const evidence = await open();
    evidence.commandLine(['qemu-system-x86_64', '-name', "it's here", '-m', '512']);
    expect(await read('qemu.cmdline')).toBe(
      `qemu-system-x86_64 \\\n  -name \\\n  'it'\\''s here' \\\n  -m \\\n  512\n\n`,
    );
  });

  it('takes over a log written by another process', async () => {
    secrets.add('Zebra-4711');
    await writeFile(join(folder, 'qemu-serial'), 'Zebra-4711 logged in\n');
    const evidence = await open();
    await evidence.adopt('serial.log', join(folder, 'qemu-serial'));
    expect(await read('serial.log')).toBe(`${MASK} logged in\n`);
  });

  it('puts times on the timeline', async () => {
    let now = Date.parse('2026-01-02T03:04:05Z');
    const evidence = await Evidence.open({
      runFolder: folder,
      slug: 'rescue--login',
      secrets,
      now: () => new Date(now),
    });
    now += 1500;
    evidence.note('power on');
    await evidence.close();
    expect(JSON.parse(await read('timeline.json'))).toEqual([
      { time: '2026-01-02T03:04:06.500Z', elapsedMs: 1500, event: 'power on' },
    ]);
  });

  it('keeps the attempts of one scenario apart', async () => {
    await open();
    await open();
    expect((await readdir(folder)).sort()).toEqual(['rescue--login', 'rescue--login-2']);
  });
});

describe('scenarioSlug', () => {
  it('joins feature and scenario, in ASCII', () => {
    expect(
      scenarioSlug({ uri: 'features/journeys/ovh.feature', name: "Nadia's server – café, 2 disks!" }),
    ).toBe('ovh--nadias-server-cafe-2-disks');
  });
});

describe('attachState', () => {
  it('ignores a state that comes between two steps, and nothing else', () => {
    const refuse = (message: string) => () => {
      throw new Error(message);
    };
    expect(() =>
      attachState(refuse('Cannot attach when a step/hook is not running.'), 'booting'),
    ).not.toThrow();
    expect(() => attachState(refuse('Invalid attachment data'), 'booting')).toThrow(
      'Invalid attachment data',
    );
  });
});
