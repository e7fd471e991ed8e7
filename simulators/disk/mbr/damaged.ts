import { DiskFormatError } from '../bytes';

/**
 * The refusal of what stands on a disk: `reason` without a capital and a full stop, and a sentence of advice. The
 * message also names the byte.
 */
export function damaged(offset: number, reason: string, advice: string): DiskFormatError {
  return new DiskFormatError(offset, reason, `${capital(reason)} (at byte ${offset}). ${advice}`);
}

/** The refusal of a table that a caller wants to write; `offset` is where the refused entry would stand. */
export function refused(offset: number, reason: string, advice: string): DiskFormatError {
  return new DiskFormatError(offset, reason, `${capital(reason)}. ${advice}`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
