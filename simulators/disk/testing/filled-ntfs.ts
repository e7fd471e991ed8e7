import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Filling a real NTFS volume needs root, FUSE and the NTFS programs. */
export const canFillNtfs =
  process.getuid?.() === 0 &&
  ['/dev/fuse', '/usr/bin/ntfs-3g', '/usr/sbin/mkntfs'].every((file) => existsSync(file));

/** Makes an NTFS volume in a file, which has its size already. */
export function makeNtfs(file: string, ...options: string[]): void {
  execFileSync('mkntfs', ['-F', '-Q', '-q', ...options, file], { stdio: 'ignore' });
}

/** Runs a shell script in the root folder of an NTFS volume; the mount is in a namespace of its own, and ends with it. */
export function fillNtfs(file: string, script: string): void {
  const mountPoint = mkdtempSync(path.join(tmpdir(), 'rescue-lab-ntfs-'));
  const whole = `set -e; ntfs-3g -o big_writes "$1" "$2"; (cd "$2"; ${script}); sync -f "$2"; umount "$2"`;
  try {
    execFileSync('unshare', [
      ...['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
      ...['sh', '-c', whole, 'sh', file, mountPoint],
    ]);
  } finally {
    rmdirSync(mountPoint);
  }
}
