/** Something went wrong with a machine; what was seen of it stands in the message and, by part, here. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
  readonly machine: string;
  /** The last lines of the serial port. */
  readonly serialLines: readonly string[];
  /** The screen at that moment, when it could still be taken. */
  readonly screenshotPath: string | undefined;

  constructor(
    sentence: string,
    seen: {
      readonly machine: string;
      readonly serialLines: readonly string[];
      readonly screenshotPath?: string | undefined;
      /** How QEMU ended, as a sentence; absent while it runs. */
      readonly exit?: string | undefined;
      readonly cause?: unknown;
    },
  ) {
    const { machine, serialLines, screenshotPath, exit, cause } = seen;
    super(
      [
        `Machine "${machine}": ${sentence}`,
        ...(exit === undefined ? [] : [exit]),
        serialLines.length === 0
          ? 'Its serial port printed nothing.'
          : `Last lines of its serial port:\n${serialLines.map((line) => `  | ${line}`).join('\n')}`,
        ...(screenshotPath === undefined ? [] : [`Its screen: ${screenshotPath}`]),
      ].join('\n'),
      cause === undefined ? {} : { cause },
    );
    this.machine = machine;
    this.serialLines = serialLines;
    this.screenshotPath = screenshotPath;
  }
}
