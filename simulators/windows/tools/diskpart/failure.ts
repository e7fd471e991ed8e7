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

/** What the disk service refuses comes with this heading on real Windows; the reason below it is the host's. */
export function serviceFailure(reason: string, cause?: unknown): DiskPartFailure {
  return new DiskPartFailure(['Virtual Disk Service error:', reason], 4, { cause });
}
