import { fromHex } from '../../../simulators/disk/bytes';
import { parseHive } from '../../../simulators/disk/regf';
import { SamDatabase } from '../../../simulators/disk/sam';
import type { ByteText } from './byte-text';

/** The accounts of a SAM hive as `chntpw -l` tells them: identifier, name, administrator, locked. */
export function listAccounts(file: Uint8Array, bootKey: string, out: ByteText): void {
  for (const account of SamDatabase.open(parseHive(file), () => fromHex(bootKey)).listAccounts()) {
    const { rid, name, administrator, enabled, locked, hasPassword } = account;
    const state = enabled && !locked ? '' : 'dis/lock';
    const marks = [administrator ? 'ADMIN' : '', hasPassword ? state : `${state} *BLANK*`];
    out.text(`| ${rid.toString(16).padStart(4, '0')} | ${name} | ${marks.join(' | ')} |\n`);
  }
}
