import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';

export interface NamedText {
  readonly name: string;
  readonly content: string;
}

interface NamedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Opens the bytes of a volume as a file for other programs, in a folder of the run's own. */
export async function inVolumeFile<Result>(
  folder: string,
  bytes: Uint8Array,
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  const own = await mkdtemp(path.join(folder, 'volume-'));
  try {
    const file = path.join(own, 'volume.ntfs');
    await writeFile(file, bytes);
    return await use(file);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** A new NTFS volume with a file in its root: mkntfs and ntfscp make it. */
export function newNtfs(
  folder: string,
  volume: { readonly sizeBytes: number; readonly label: string; readonly file?: NamedFile },
): Promise<Uint8Array> {
  return inVolumeFile(folder, Buffer.alloc(volume.sizeBytes), async (file) => {
    await execa('mkntfs', ['--quick', '--force', '--quiet', '--label', volume.label, file]);
    if (volume.file) await copyInto(file, volume.file);
    return readFile(file);
  });
}

async function copyInto(volume: string, { name, content }: NamedFile): Promise<void> {
  const source = `${volume}.content`;
  await writeFile(source, content);
  await execa('ntfscp', ['--force', '--quiet', volume, source, `/${name}`]);
}

/** A file in the root of an NTFS volume, as ntfscat reads it. */
export function readFromNtfs(folder: string, bytes: Uint8Array, name: string): Promise<string> {
  return inVolumeFile(folder, bytes, async (file) => {
    const { stdout } = await execa('ntfscat', ['--force', '--quiet', file, `/${name}`]);
    return stdout;
  });
}
