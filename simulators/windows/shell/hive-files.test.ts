import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { interruptedWrite } from '../../disk/regf/testing/dirty-hives';
import { readHiveFile } from './hive-files';
import { mountedFiles } from './mounted-files';
import { MemoryHost } from './testing/memory-host';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hive-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (name: string) =>
  readHiveFile(
    mountedFiles(new MemoryHost([{ volumes: [{ letter: 'D', mountPoint: folder }] }])),
    `D:\\${name}`,
  );

it.each(['LOG', 'LOG1', 'LOG2'])('recovers a hive that was not closed with its .%s', async (suffix) => {
  const { hive, logs } = interruptedWrite('old');
  writeFileSync(path.join(folder, 'SYSTEM'), hive);
  expect((await open('SYSTEM')).key('Steady')?.getDword('Round')).toBe(1);
  writeFileSync(path.join(folder, `SYSTEM.${suffix}`), logs[0]!);
  const recovered = await open('system');
  expect([recovered.properties.state, recovered.key('Steady')?.getDword('Round')]).toEqual(['recovered', 2]);
});

it('takes an empty log for none, and needs the hive itself', async () => {
  writeFileSync(path.join(folder, 'SAM'), interruptedWrite('new').hive);
  writeFileSync(path.join(folder, 'SAM.LOG1'), '');
  expect((await open('SAM')).properties.state).toBe('unrecovered');
  await expect(open('SECURITY')).rejects.toMatchObject({ code: 2 });
});
