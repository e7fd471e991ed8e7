import { DiskFormatError } from '../bytes';

/** A registry hive that cannot be read: where in the file, and what was wrong there. */
export class HiveFormatError extends DiskFormatError {
  override readonly name = 'HiveFormatError';

  /** @param offset byte offset in the file */
  constructor(offset: number, reason: string) {
    super(
      offset,
      reason,
      `This is not a readable registry hive: ${reason} (at file offset 0x${offset.toString(16)}). ` +
        'Restore the file from a backup, or check that it is a hive at all.',
    );
  }
}
