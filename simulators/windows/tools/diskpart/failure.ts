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

/** The words after a command make no sense; whoever knows the command's name makes the message of it. */
export class InvalidArguments extends Error {
  override readonly name = 'InvalidArguments';

  /** Two lines, seen on real Windows after `list disk volume`. */
  of(command: string): DiskPartFailure {
    return new DiskPartFailure(
      [
        'The arguments specified for this command are not valid.',
        `For more information on the command type: HELP ${command}`,
      ],
      5,
      { cause: this },
    );
  }
}

/** What the disk service refuses comes with this heading on real Windows. */
export function serviceFailure(reason: string, cause?: unknown): DiskPartFailure {
  return new DiskPartFailure(['Virtual Disk Service error:', ...reason.split('\n')], 4, { cause });
}

// Texts of the Windows SDK's vdserr.h, but for those that are marked.
const refusals: Readonly<Record<Exclude<HostRefusal, 'write-protected'>, string>> = {
  'already-offline': 'This disk is already offline.',
  'already-online': 'This disk is already online.',
  // Our text.
  'in-use': 'The volume is in use.',
  'letter-in-use': 'The specified drive letter is not free to be assigned.',
  // Our text.
  'no-free-letter': 'There are no more drive letters available.',
  // General knowledge, both.
  'no-such-disk': 'The object is not found.',
  'no-such-volume': 'The object is not found.',
  // Our text.
  'not-foreign': 'The disk is not a foreign disk.',
  // VDS_E_SHRINK_DIRTY_VOLUME.
  'not-sound':
    'The volume you have selected to shrink may be corrupted.\nUse Chkdsk to fix the corruption problem, and then try to shrink the\nvolume again.',
  // General knowledge.
  'not-supported': 'The operation is not supported by the object.',
  offline: 'The operation is not allowed on a disk that is offline.',
  'system-disk': 'Disk attributes may not be changed on the current system disk or BIOS disk 0.',
  // Our text: the commands that know better say it in Windows' words.
  'system-volume': 'The operation is not supported on the volume of the running system.',
};

/** Turns whatever a command threw into what diskpart says. Things that are no errors are thrown on. */
export function asFailure(error: unknown): DiskPartFailure {
  if (error instanceof DiskPartFailure) return error;
  if (error instanceof WindowsHostError) {
    // Seen on real Windows, where the driver and not the service refuses.
    if (error.refusal === 'write-protected') {
      return new DiskPartFailure(
        [
          'DiskPart has encountered an error: The media is write protected.',
          'See the System Event Log for more information.',
        ],
        4,
        { cause: error },
      );
    }
    return serviceFailure(refusals[error.refusal], error);
  }
  if (error instanceof Error) return serviceFailure(error.message, error);
  throw error;
}
