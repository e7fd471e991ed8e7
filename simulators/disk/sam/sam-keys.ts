import type { HiveKey } from '../regf';
import { SamError } from './sam-error';

export const ACCOUNT_DOMAIN = 'SAM\\Domains\\Account';
export const BUILTIN_DOMAIN = 'SAM\\Domains\\Builtin';
export const BUILTIN_ALIASES = `${BUILTIN_DOMAIN}\\Aliases`;

/** Key name of an account or group: its relative identifier in eight upper-case hex digits. */
export function hexRid(rid: number): string {
  return rid.toString(16).toUpperCase().padStart(8, '0');
}

/** Bytes of a record (`F`, `V`, `C`) that a key must have; throws a SamError where it is missing or too short. */
export function samRecord(key: HiveKey, name: string, shortest = 0): Uint8Array {
  const data = key.getBinary(name);
  if (data === undefined) throw new SamError(`The SAM key ${key.path} has no value ${name}`);
  if (data.length < shortest) {
    throw new SamError(
      `The value ${name} of the SAM key ${key.path} has ${data.length} bytes, not at least ${shortest}`,
    );
  }
  return data;
}
