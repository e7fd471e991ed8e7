import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** The folder of all of this user's sessions, made with mode 0700 and refused when it is someone else's. */
export function sessionRoot(): string {
  const { uid } = userInfo();
  const root = join(tmpdir(), `rescue-lab-${uid}`);
  mkdirSync(join(root, 'addresses'), { recursive: true, mode: 0o700 });
  const found = lstatSync(root);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new Error(
      `${root} is not a private folder of this user (owner ${found.uid}, mode ${(found.mode & 0o777).toString(8)}): remove it, or set TMPDIR to a folder of your own.`,
    );
  }
  return root;
}
