import { SERVICE_ERRORS, type ServiceErrorCode } from '../services';

/** Ends an `sc` command; the exit code is the error's number. */
export class ScFailure extends Error {
  override readonly name = 'ScFailure';

  constructor(
    readonly text: string,
    readonly exitCode: number,
  ) {
    super(text.trim());
  }
}

/** `[SC] OpenService FAILED 1060:` and the system's text. @param call the function that sc names */
export function callFailure(call: string, code: ServiceErrorCode): ScFailure {
  return new ScFailure(`[SC] ${call} FAILED ${code}:\r\n\r\n${SERVICE_ERRORS[code]}\r\n\r\n`, code);
}

/** For a word that sc does not understand: what the command does, and its syntax (our selection of the real pages). */
export function usageFailure(description: string, usage: string): ScFailure {
  return new ScFailure(`DESCRIPTION:\r\n        ${description}\r\nUSAGE:\r\n        ${usage}\r\n\r\n`, 1639);
}
