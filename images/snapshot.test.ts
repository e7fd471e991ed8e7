import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeBinary } from './node-binary';
import { snapshotForNode } from './snapshot';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rescue-lab-snapshot-'));
  await mkdir(path.join(folder, 'node_modules/beside'), { recursive: true });
  await writeFile(path.join(folder, 'node_modules/beside/index.js'), 'exports.name = "beside";\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const context = () => ({ run: execa as never, temp: folder });
const outfile = () => path.join(folder, 'program.blob');
const program = (source: string) => writeFile(path.join(folder, 'main.ts'), source);
const make = () =>
  snapshotForNode(context(), {
    entry: path.join(folder, 'main.ts'),
    outfile: outfile(),
    external: ['beside'],
  });
const start = async (environment = {}) =>
  (
    await execa(nodeBinary().file, ['--snapshot-blob', outfile(), path.join(folder, 'program')], {
      env: environment,
    })
  ).stdout;

describe('a program that starts from a snapshot', () => {
  it('has been loaded before, and runs in the present', async () => {
    await program(`import { startupSnapshot } from 'node:v8';
const loadedAt = process.pid;
startupSnapshot.setDeserializeMainFunction(() => console.log(loadedAt !== process.pid, process.env['SAYS']));
`);
    await make();
    expect(await start({ SAYS: 'now' })).toBe('true now');
  });

  it('uses modules that a snapshot cannot hold, parts that are loaded later, and modules beside it', async () => {
    await writeFile(
      path.join(folder, 'part.ts'),
      `import { name } from 'beside';\nexport const part = name;\n`,
    );
    await program(`import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { startupSnapshot } from 'node:v8';
startupSnapshot.setDeserializeMainFunction(async () => {
  const { part } = await import('./part.js');
  const hash = createHash('md5').update('').digest('hex').slice(0, 4);
  console.log(part, String(execFileSync('echo', ['-n', 'child'])), hash, typeof request, typeof connect);
});
`);
    await make();
    expect(await start()).toBe('beside child d41d function function');
  });

  it('is not made of one that cannot be loaded, which is said', async () => {
    await program(`throw new Error('no such thing');\n`);
    await expect(make()).rejects.toThrow('no such thing');
  });
});
