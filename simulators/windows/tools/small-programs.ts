import type { Program } from '../shell';

export const hostname: Program = async ({ host, output, errors, args }) => {
  if (args.length > 0) {
    // Our text, after the real one's sense.
    errors.write(
      'sethostname: Use the Network Control Panel Applet to set hostname.\r\nhostname -s is not supported.\r\n',
    );
    return 1;
  }
  output.write(`${host.hostName}\r\n`);
  return 0;
};

/** `computer\user`, both in lower case. */
export const whoami: Program = async ({ host, user, output, errors, args }) => {
  if (args.length > 0) {
    // Our text for the switches that are not here.
    errors.write(`ERROR: Invalid argument/option - '${args[0]}'.\r\nType "WHOAMI /?" for usage.\r\n`);
    return 1;
  }
  output.write(`${host.hostName}\\${user}\r\n`.toLowerCase());
  return 0;
};

/**
 * `shutdown /r | /s [/f] [/t seconds]`: the machine goes down as soon as the command has run, whatever the delay
 * (our choice: nobody waits in a scenario).
 */
export const shutdown: Program = async ({ host, args, errors }) => {
  const words = args.map((word) => word.toLowerCase().replace(/^-/, '/'));
  const delay = words.indexOf('/t');
  const known = words.every(
    (word, index) =>
      ['/r', '/s', '/f', '/t', '/p'].includes(word) ||
      (delay >= 0 && index === delay + 1 && /^\d+$/.test(word)),
  );
  const restart = words.includes('/r');
  const stop = words.includes('/s') || words.includes('/p');
  if (!known || restart === stop || (delay >= 0 && !/^\d+$/.test(words[delay + 1] ?? ''))) {
    errors.write('The parameter is incorrect.(87)\r\n');
    return 87;
  }
  // As on Windows the command has succeeded once the shutdown has begun; the session ends a moment later.
  (restart ? host.restart() : host.shutdown()).catch((error: unknown) => {
    console.error('The system could not go down:', error);
  });
  return 0;
};
