import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';

/** All config drives carry the same dates, so that a guest that has looked at one's label only can go on with another. */
const epoch = new Date('2026-01-01T00:00:00Z');

/** Makes a config drive of these files, by path, in `folder`: ISO 9660 with the label `config-2`. Returns its path. */
export async function makeConfigDrive(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<string> {
  const content = path.join(folder, 'config-2');
  const file = path.join(folder, 'config-2.iso');
  await mkdir(content, { recursive: true });
  for (const [name, bytes] of files) {
    await mkdir(path.join(content, path.dirname(name)), { recursive: true });
    await writeFile(path.join(content, name), bytes, { mode: 0o600 });
  }
  for (const name of await readdir(content, { recursive: true })) {
    await utimes(path.join(content, name), epoch, epoch);
  }
  await utimes(content, epoch, epoch);
  await execa(
    'xorrisofs',
    ['-quiet', '-volid', 'config-2', '-joliet', '-rational-rock', '-output', file, content],
    {
      env: { SOURCE_DATE_EPOCH: String(epoch.getTime() / 1000) },
    },
  );
  await rm(content, { recursive: true });
  return file;
}
