/** cmd's own message for a line that cannot be parsed. */
export class CommandSyntaxError extends Error {
  override readonly name: string = 'CommandSyntaxError';

  constructor(unexpected: string) {
    super(
      unexpected === ''
        ? 'The syntax of the command is incorrect.'
        : `${unexpected} was unexpected at this time.`,
    );
  }
}

/** The text ends within parentheses: a prompt asks `More?`, a batch file goes on with its next line. */
export class IncompleteCommandError extends CommandSyntaxError {
  override readonly name = 'IncompleteCommandError';

  constructor() {
    super('');
  }
}

export class LineTooLongError extends CommandSyntaxError {
  override readonly name = 'LineTooLongError';
  override readonly message = 'The input line is too long.';

  constructor() {
    super('');
  }
}

/** Our text; the real one draws it in asterisks. */
export class BatchRecursionError extends CommandSyntaxError {
  override readonly name = 'BatchRecursionError';
  override readonly message = 'Batch recursion exceeds the stack limits; the batch file ends.';

  constructor() {
    super('');
  }
}
