import { randomBytes } from 'node:crypto';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';

/** What an instance learns of itself, as far as the stand-in reads it. */
export interface InstanceMetadata {
  readonly uuid: string;
  readonly name: string;
  /** Stands here only and not in the metadata service (facts: nova 2.8). */
  readonly admin_pass: string;
}

/** All config drives carry the same dates, so that a guest that has looked at one's label only can go on with another. */
const epoch = new Date('2026-01-01T00:00:00Z');
/** Nova's length of `random_seed` in bytes. */
const SEED_BYTES = 512;

/** Makes a config drive in `folder`: ISO 9660 with the label `config-2`. Returns its path. */
export async function makeConfigDrive(folder: string, metadata: InstanceMetadata): Promise<string> {
  const content = path.join(folder, 'config-2');
  const file = path.join(folder, 'config-2.iso');
  const latest = path.join(content, 'openstack/latest');
  await mkdir(latest, { recursive: true });
  const text = JSON.stringify({ ...metadata, random_seed: randomBytes(SEED_BYTES).toString('base64') });
  await writeFile(path.join(latest, 'meta_data.json'), text, { mode: 0o600 });
  for (const name of [path.join(latest, 'meta_data.json'), latest, path.dirname(latest), content]) {
    await utimes(name, epoch, epoch);
  }
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
