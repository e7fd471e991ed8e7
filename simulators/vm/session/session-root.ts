import { lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** The folder of all of this user's sessions, made with mode 0700 and refused when it is someone else's. */
export function sessionRoot(): string {
  const { uid } = userInfo();
  const root = join(tmpdir(), `rescue-lab-${outsideId(uid)}`);
  mkdirSync(join(root, 'addresses'), { recursive: true, mode: 0o700 });
  const found = lstatSync(root);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new Error(
      `${root} is not a private folder of this user (owner ${found.uid}, mode ${(found.mode & 0o777).toString(8)}): remove it, or set TMPDIR to a folder of your own.`,
    );
  }
  return root;
}

/**
 * The user's id outside the user namespace that this process may be in (user_namespaces(7), "uid_map"): inside, an
 * ordinary user is root, and the machine's root has the folder by that name.
 */
function outsideId(uid: number): number {
  const map = readFileSync('/proc/self/uid_map', 'latin1');
  for (const line of map.trim().split('\n')) {
    const [inside = 0, outside = 0, count = 0] = line.trim().split(/\s+/).map(Number);
    if (uid >= inside && uid < inside + count) return outside + uid - inside;
  }
  return uid;
}
