/**
 * Bytes that a codec refuses. Every codec throws this (or a class of its own below it) for whatever it is given, so
 * that a caller can tell a damaged disk from a mistake of the program.
 */
export class DiskFormatError extends Error {
  override readonly name: string = 'DiskFormatError';

  /**
   * @param offset byte offset of the fault in what the codec was given: the disk, or the file
   * @param reason what is wrong there, without a capital and a full stop
   * @param message the whole sentence, and what to do; made of the two where not given
   */
  constructor(
    readonly offset: number,
    readonly reason: string,
    message?: string,
    options?: ErrorOptions,
  ) {
    super(message ?? `${reason.charAt(0).toUpperCase()}${reason.slice(1)} (at byte ${offset}).`, options);
  }
}
