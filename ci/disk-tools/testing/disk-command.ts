import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasProgram } from '../../../simulators/disk/testing/partition-programs';

export const RESCUE_LAB = join(__dirname, '../../bin/rescue-lab.mjs');

const PROGRAMS = ['qemu-storage-daemon', 'qemu-img', 'ntfs-3g', 'mkntfs', 'ntfscat', 'unshare'];

/** Why disk images cannot be mounted here; undefined where they can. */
export function whyNoImages(): string | undefined {
  const missing = PROGRAMS.filter((program) => !hasProgram(program));
  if (missing.length > 0) return `${missing.join(', ')} missing`;
  if (!existsSync('/dev/fuse')) return 'no /dev/fuse';
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-auto', '--map-root-user'];
  return spawnSync('unshare', [...user, '--mount', 'true']).status === 0 ? undefined : 'no mount namespaces';
}

interface Answer {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs `rescue-lab` with these words in `folder`, for paths of images. */
export function rescueLab(folder: string, words: readonly string[], input = ''): Promise<Answer> {
  const env = { ...process.env, INIT_CWD: folder, NO_COLOR: '1' };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [RESCUE_LAB, ...words],
      { env, maxBuffer: 1 << 24 },
      (_, output, errors) => resolve({ code: child.exitCode ?? -1, output, errors }),
    );
    child.stdin?.end(input);
  });
}

/** `rescue-lab tool` on these images; the words begin with the tool's name. */
export function tool(folder: string, images: readonly string[], words: readonly string[], input?: string) {
  const [name = '', ...rest] = words;
  const disks = images.flatMap((image) => ['--disk', image]);
  return rescueLab(folder, ['tool', name, ...disks, ...rest], input);
}

/** Lines that somebody types into cmd. */
export function typed(folder: string, images: readonly string[], ...lines: string[]): Promise<Answer> {
  return tool(folder, images, ['cmd'], lines.map((line) => `${line}\r\n`).join(''));
}

export function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** A file of an NTFS volume as ntfscat reads it, copied into the folder of the image. */
export function extract(
  image: string,
  place: { readonly startSector: number; readonly sizeMiB: number },
  path: string,
): string {
  const [volume, file] = [`${image}.volume`, `${image}.${path.replaceAll('/', '-')}`];
  const start = place.startSector * 512;
  writeFileSync(volume, readFileSync(image).subarray(start, start + (place.sizeMiB << 20)));
  writeFileSync(file, execFileSync('ntfscat', ['-f', volume, path], { maxBuffer: 1 << 26 }));
  rmSync(volume);
  return file;
}
