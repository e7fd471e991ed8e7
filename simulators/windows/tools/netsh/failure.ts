/** Ends a `netsh` command with exit code 1 and this text, which the real one writes to the output as well. */
export class NetshFailure extends Error {
  override readonly name = 'NetshFailure';

  constructor(readonly text: string) {
    super(text.trim());
  }
}

/** Text of netsh for words that are no command. */
export function unknownCommand(words: readonly string[]): NetshFailure {
  return new NetshFailure(`The following command was not found: ${words.join(' ')}.\r\n`);
}

/** For what is missing or too much. @param usage the command's syntax (our selection of the real pages) */
export function badSyntax(usage: string): NetshFailure {
  return new NetshFailure(
    '\r\nThe syntax supplied for this command is not valid. Check help for the correct syntax.\r\n\r\n' +
      `Usage: ${usage}\r\n\r\n`,
  );
}

export function badValue(usage: string): NetshFailure {
  return new NetshFailure(`\r\nA specified value is not valid.\r\n\r\nUsage: ${usage}\r\n\r\n`);
}

export function noRules(): NetshFailure {
  return new NetshFailure('\r\nNo rules match the specified criteria.\r\n\r\n');
}
