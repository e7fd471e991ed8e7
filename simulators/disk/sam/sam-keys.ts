import type { HiveKey } from '../regf';
import type { ValuePlace } from '../registry';
import { SamError } from './sam-error';

export const ACCOUNT_DOMAIN = 'SAM\\Domains\\Account';
export const BUILTIN_DOMAIN = 'SAM\\Domains\\Builtin';
export const BUILTIN_ALIASES = `${BUILTIN_DOMAIN}\\Aliases`;
export const ACCOUNT_ALIASES = `${ACCOUNT_DOMAIN}\\Aliases`;
export const USERS = `${ACCOUNT_DOMAIN}\\Users`;

/** Key name of an account or group: its relative identifier in eight upper-case hex digits. */
export function hexRid(rid: number): string {
  return rid.toString(16).toUpperCase().padStart(8, '0');
}

/** Whether the key is that of an account or group, and not the list of names beside them. */
export function isRecordKey({ name }: { readonly name: string }): boolean {
  return name.length === 8 && /^[0-9a-f]{8}$/i.test(name);
}

/** A record's bytes and where they come from. */
export interface SamRecord {
  readonly data: Uint8Array;
  readonly place: ValuePlace;
}

/** What of a key is needed to read the records in it: a key of a tree, or one that still lies in its file. */
export type RecordKey = Pick<HiveKey, 'name' | 'path' | 'getBinary'>;

/** The record (`F`, `V`, `C`) that a key must have; throws a SamError where it is missing or too short. */
export function samRecord(key: RecordKey, name: string, shortest = 0): SamRecord {
  const data = key.getBinary(name);
  // The path is put together only for an error.
  const place = {
    get key() {
      return key.path;
    },
    value: name,
  };
  if (data === undefined) throw new SamError(place, 0, `the SAM key ${key.path} has no value ${name}`);
  if (data.length < shortest) {
    throw new SamError(
      place,
      data.length,
      `the SAM record has ${data.length} bytes, not at least ${shortest}`,
    );
  }
  return { data, place };
}
