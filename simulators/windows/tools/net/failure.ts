import type { AccountError } from '../../../disk/sam';

/** Network error messages by their numbers, as `net helpmsg` knows them (general knowledge). */
const MESSAGES: Readonly<Record<number, string>> = {
  2182: 'The requested service has already been started.',
  2185: 'The service name is invalid.',
  2189: 'The service could not be controlled in its present state.',
  2191: 'The requested pause, continue, or stop is not valid for this service.',
  2202: 'The specified username is invalid.',
  2220: 'The group name could not be found.',
  2221: 'The user name could not be found.',
  2223: 'The group already exists.',
  2224: 'The account already exists.',
  2245:
    'The password does not meet the password policy requirements. Check the minimum password length, ' +
    'password complexity and password history requirements.',
  3521: 'The service is not started.',
  3783: 'There is no such global user or group.',
};

/** System error codes, with the system's own texts. */
const SYSTEM_MESSAGES: Readonly<Record<number, string>> = {
  5: 'Access is denied.',
  1058: 'The service cannot be started, either because it is disabled or because it has no enabled devices associated with it.',
  1068: 'The dependency service or group failed to start.',
  1371: 'Cannot perform this operation on built-in accounts.',
  1376: 'The specified local group does not exist.',
  1377: 'The specified account name is not a member of the group.',
  1378: 'The specified account name is already a member of the group.',
};

/** Ends a `net` command with this text on the error stream. */
export class NetFailure extends Error {
  override readonly name = 'NetFailure';

  constructor(
    readonly text: string,
    readonly exitCode = 2,
  ) {
    super(text.trim());
  }
}

export function messageText(number: number): string | undefined {
  return MESSAGES[number] ?? SYSTEM_MESSAGES[number];
}

/** A message and where more help is. @param message where it differs from the number's own text */
export function netFailure(number: number, message = MESSAGES[number] ?? ''): NetFailure {
  return new NetFailure(`${message}\r\n\r\nMore help is available by typing NET HELPMSG ${number}.\r\n\r\n`);
}

export function systemFailure(code: number): NetFailure {
  return new NetFailure(`System error ${code} has occurred.\r\n\r\n${SYSTEM_MESSAGES[code] ?? ''}\r\n\r\n`);
}

/** The syntax of a command, as `net` answers to what it does not understand. */
export function syntaxFailure(...lines: readonly string[]): NetFailure {
  return new NetFailure(`The syntax of this command is:\r\n\r\n${lines.join('\r\n')}\r\n\r\n`, 1);
}

/** `net`'s words for a refusal of the SAM. */
export function accountFailure({ refusal }: AccountError): NetFailure {
  switch (refusal) {
    case 'no-such-account':
      return netFailure(2221);
    case 'account-exists':
      return netFailure(2224);
    case 'bad-name':
      return netFailure(2202);
    case 'no-such-group':
      return systemFailure(1376);
    case 'built-in':
      return systemFailure(1371);
  }
}
