import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';

/** What an instance learns of itself, as far as the stand-in reads it. */
export interface InstanceMetadata {
  readonly uuid: string;
  readonly name: string;
  /** Stands here only and not in the metadata service (facts: nova 2.8). */
  readonly admin_pass: string;
}

/** Makes a config drive in `folder`: ISO 9660 with the label `config-2`. Returns its path. */
export async function makeConfigDrive(folder: string, metadata: InstanceMetadata): Promise<string> {
  const content = path.join(folder, 'config-2');
  const file = path.join(folder, 'config-2.iso');
  await mkdir(path.join(content, 'openstack/latest'), { recursive: true });
  await writeFile(path.join(content, 'openstack/latest/meta_data.json'), JSON.stringify(metadata), {
    mode: 0o600,
  });
  await execa('genisoimage', ['-quiet', '-volid', 'config-2', '-J', '-R', '-output', file, content]);
  await rm(content, { recursive: true });
  return file;
}
