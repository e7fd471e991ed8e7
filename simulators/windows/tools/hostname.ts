import type { Program } from '../shell';

/** `hostname`; a name behind `-s` would set it, which Windows refuses as well. */
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
