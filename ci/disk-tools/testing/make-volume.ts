import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeNtfsVolume } from '../../../images/ntfs';
import { testContext } from '../../../images/testing/test-context';

/** Files of a volume by their paths with slashes. */
export type VolumeFiles = Readonly<Record<string, string | Uint8Array>>;

export interface NewVolume {
  readonly label: string;
  readonly sizeMiB: number;
  /** Where it will lie on its disk. */
  readonly startSector: number;
  readonly files: VolumeFiles;
}

/** The bytes of an NTFS volume with these files. */
export async function makeNtfs(folder: string, volume: NewVolume): Promise<Uint8Array> {
  const context = testContext(join(folder, 'making'));
  const file = join(context.temp, 'volume.ntfs');
  const content = writeFiles(join(context.temp, 'content'), volume.files);
  const { label, startSector } = volume;
  await makeNtfsVolume(context, { file, sizeBytes: volume.sizeMiB << 20, startSector, label, content });
  const bytes = new Uint8Array(readFileSync(file));
  rmSync(join(folder, 'making'), { recursive: true });
  return bytes;
}

/** The bytes of a FAT32 volume with these files: mkfs.vfat and mcopy make it. */
export function makeFat32(folder: string, { label, sizeMiB, startSector, files }: NewVolume): Uint8Array {
  const content = writeFiles(join(folder, 'content'), files);
  const file = join(folder, 'volume.fat');
  const words = ['-C', '-F', '32', '-s', '1', '-h', String(startSector), '-n', label, file];
  execFileSync('mkfs.vfat', [...words, String(sizeMiB * 1024)], { stdio: 'ignore' });
  const tops = new Set(Object.keys(files).map((path) => path.split('/')[0]!));
  execFileSync('mcopy', ['-s', '-i', file, ...[...tops].map((top) => join(content, top)), '::']);
  const bytes = new Uint8Array(readFileSync(file));
  rmSync(content, { recursive: true });
  rmSync(file);
  return bytes;
}

function writeFiles(content: string, files: VolumeFiles): string {
  mkdirSync(content, { recursive: true });
  for (const [path, bytes] of Object.entries(files)) {
    const file = join(content, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return content;
}
