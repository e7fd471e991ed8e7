import { WindowsError } from '../../shell';
import { WindowsHostError } from '../../windows-host';

/** A repair that failed: the lines that the tool prints. Its exit code is 1. */
export class BootRepairFailure extends Error {
  override readonly name = 'BootRepairFailure';

  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(lines.join('\r\n'), options);
  }
}

/** Windows' own texts for what a volume or disk can answer: errors 5, 19, 50, 1005 and 1168. */
export const reasons = {
  accessDenied: 'Access is denied.',
  writeProtected: 'The media is write protected.',
  notSupported: 'The request is not supported.',
  noFileSystem: [
    'The volume does not contain a recognized file system.',
    'Please make sure that all required file system drivers are loaded and that the volume is not corrupted.',
  ],
  notFound: 'Element not found.',
} as const;

/** Turns what a disk, a volume or a file refused into what the tool prints. Other errors are thrown on. */
export function asBootRepairFailure(error: unknown): BootRepairFailure {
  if (error instanceof BootRepairFailure) return error;
  if (error instanceof WindowsError) return new BootRepairFailure([error.message], { cause: error });
  if (error instanceof WindowsHostError) {
    const reason = error.refusal === 'write-protected' ? reasons.writeProtected : reasons.notSupported;
    return new BootRepairFailure([reason], { cause: error });
  }
  throw error;
}
