import { listAccounts } from '../../simulators/disk/sam';
import type { ByteText } from './byte-text';

/** The accounts of a SAM hive as `chntpw -l` tells them: identifier, name, administrator, locked. */
export function writeAccounts(file: Uint8Array, out: ByteText): void {
  listAccounts(file, ({ rid, name, administrator, enabled, locked, hasPassword }) => {
    const state = enabled && !locked ? '' : 'dis/lock';
    const marks = `${administrator ? 'ADMIN' : ''} | ${hasPassword ? state : `${state} *BLANK*`}`;
    out.text(`| ${rid.toString(16).padStart(4, '0')} | ${name} | ${marks} |\n`);
  });
}
