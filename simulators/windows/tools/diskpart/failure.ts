import { type HostRefusal, WindowsHostError } from '../../windows-host';

/** A command of diskpart that failed: its message, and the exit code that a script ends with. */
export class DiskPartFailure extends Error {
  override readonly name = 'DiskPartFailure';
  /** 2 wrong parameters, 4 the service reported a failure, 5 syntax error (Microsoft's diskpart page). */
  readonly exitCode: 2 | 4 | 5;

  constructor(lines: readonly string[], exitCode: 2 | 4 | 5, options?: ErrorOptions) {
    super(lines.join('\r\n'), options);
    this.exitCode = exitCode;
  }
}

/** What the disk service refuses comes with this heading on real Windows. */
export function serviceFailure(reason: string, cause?: unknown): DiskPartFailure {
  return new DiskPartFailure(['Virtual Disk Service error:', reason], 4, { cause });
}

// General knowledge or our own words, except the write protection, which is Windows' text for error 19.
const refusals: Readonly<Record<HostRefusal, string>> = {
  'already-offline': 'This disk is already offline.',
  'already-online': 'This disk is already online.',
  'in-use': 'The volume is in use.',
  'letter-in-use': 'The drive letter is already in use.',
  'no-free-letter': 'There are no more drive letters available.',
  'no-such-disk': 'The disk is not found.',
  'no-such-volume': 'The volume is not found.',
  'not-foreign': 'The disk is not a foreign disk.',
  'not-supported': 'The operation is not supported by the object.',
  offline: 'The disk is offline.',
  'system-disk': 'The operation is not supported on a disk that holds the running system.',
  'write-protected': 'The media is write protected.',
};

/** Turns whatever a command threw into what diskpart says. Things that are no errors are thrown on. */
export function asFailure(error: unknown): DiskPartFailure {
  if (error instanceof DiskPartFailure) return error;
  if (error instanceof WindowsHostError) return serviceFailure(refusals[error.refusal], error);
  if (error instanceof Error) return serviceFailure(error.message, error);
  throw error;
}
