import { WindowsError } from '../../shell';

/** A bcdedit command that failed: the lines it prints. Its exit code is always 1. */
export class BcdEditFailure extends Error {
  override readonly name = 'BcdEditFailure';

  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(lines.join('\r\n'), options);
  }
}

const seeHelp = 'Run "bcdedit /?" for command line assistance.';
const notFound = 'Element not found.';

// The texts of this file were seen on real Windows (formats.md, section 4), except where a comment says otherwise.

export const failures = {
  storeNotOpened: (reason: string, cause?: unknown) =>
    new BcdEditFailure(['The boot configuration data store could not be opened.', reason], { cause }),
  entryType: () =>
    new BcdEditFailure(['The specified entry type is invalid.', seeHelp, 'The parameter is incorrect.']),
  elementType: () =>
    new BcdEditFailure([
      'The element data type specified is not recognized, or does not apply to the specified entry.',
      seeHelp,
      notFound,
    ]),
  elementNotDeleted: () =>
    new BcdEditFailure([
      'An error occurred while attempting to delete the specified data element.',
      notFound,
    ]),
  elementNotSet: (reason: string) =>
    new BcdEditFailure(['An error occurred setting the element data.', reason]),
  device: () =>
    new BcdEditFailure(['The specified device is invalid.', seeHelp, 'The parameter is incorrect.']),
  /** Of `set`; for other commands in its manner. */
  commandLine: (command: string) =>
    new BcdEditFailure([`The ${command} command specified is not valid.`, seeHelp]),
  exportFailed: (reason: string, cause?: unknown) =>
    new BcdEditFailure(['The store export operation has failed.', reason], { cause }),
  /** Seen in logs of an installer that removes its own entry. */
  entryNotDeleted: () =>
    new BcdEditFailure([
      'An error occurred while attempting to delete the specified entry.',
      new WindowsError(2).message,
    ]),
  /** Probable, not proven on real Windows. */
  entryNotReferenced: () =>
    new BcdEditFailure([
      'An error occurred while attempting to reference the specified entry.',
      new WindowsError(2).message,
    ]),
  /** Our texts from here on, in the manner of the others. */
  importFailed: (reason: string, cause?: unknown) =>
    new BcdEditFailure(['The store import operation has failed.', reason], { cause }),
  storeNotCreated: (reason: string, cause?: unknown) =>
    new BcdEditFailure(['The store creation operation has failed.', reason], { cause }),
  storeNotWritten: (reason: string, cause?: unknown) =>
    new BcdEditFailure(['The boot configuration data store could not be written.', reason], { cause }),
  switch: (word: string) =>
    new BcdEditFailure([`Invalid command line switch: ${word}`, seeHelp, 'The parameter is incorrect.']),
  data: () =>
    new BcdEditFailure([
      'The data specified for the element is invalid.',
      seeHelp,
      'The parameter is incorrect.',
    ]),
  /** Commands of real bcdedit that are deliberately not here. */
  absent: (command: string) =>
    new BcdEditFailure([`The ${command} command is not part of this system.`, new WindowsError(50).message]),
  notOnBios: () =>
    new BcdEditFailure(['The sysstore command works on EFI systems only.', new WindowsError(50).message]),
  entryExists: () => new BcdEditFailure(['The specified entry already exists.']),
  wellKnownEntry: () =>
    new BcdEditFailure(['A well-known entry cannot be deleted without the /f option.', seeHelp]),
};
