/** Ends a `reg` command with exit code 1 and these lines on the error stream. */
export class RegFailure extends Error {
  override readonly name = 'RegFailure';

  constructor(
    readonly lines: readonly string[],
    options?: ErrorOptions,
  ) {
    super(lines.join(' '), options);
  }
}

/** `ERROR: Invalid syntax.` and where help is, as reg.exe of Windows Vista and later ends for every bad command line. */
export function invalidSyntax(verb: string, detail = ''): RegFailure {
  const usage = verb === '' ? 'REG /?' : `REG ${verb.toUpperCase()} /?`;
  return new RegFailure([`ERROR: Invalid syntax.${detail && ` ${detail}`}`, `Type "${usage}" for usage.`]);
}

export function invalidKeyName(verb: string): RegFailure {
  return new RegFailure(['ERROR: Invalid key name.', `Type "REG ${verb.toUpperCase()} /?" for usage.`]);
}

export const notFound = (): RegFailure =>
  new RegFailure(['ERROR: The system was unable to find the specified registry key or value.']);

/** A failure of Windows itself, with the text of its error code. */
export const systemFailure = (text: string, cause?: unknown): RegFailure =>
  new RegFailure([`ERROR: ${text}`], { cause });
