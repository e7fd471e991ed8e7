/** A set-up step that cannot go on: one sentence that says what to do, and the exit code. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode see exit-codes.mjs
   * @param {{ cause?: unknown, output?: string }} [more] `output`: what the failed program printed last
   */
  constructor(message, exitCode, more = {}) {
    super(message, { cause: more.cause });
    this.name = 'SetupError';
    this.exitCode = exitCode;
    this.output = more.output ?? '';
  }
}
