import type { Program } from '../shell';

/**
 * `timeout [/t] seconds [/nobreak]`: comes back at once (our choice: nobody waits in a scenario; what waits in a script
 * waits for something that the stand-in has done by then). -1 waits for a key.
 */
export const timeout: Program = async ({ args, keyboard, output, errors }) => {
  const words = args.filter((word) => !/^\/(t|nobreak)$/i.test(word));
  const [text] = words;
  const seconds = text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
  if (seconds === undefined || words.length > 1 || seconds < -1 || seconds > 99999) {
    // Our text but for the first line.
    errors.write('ERROR: Invalid syntax. A number of seconds from -1 to 99999 is needed.\r\n');
    return 1;
  }
  if (seconds < 0) {
    output.write('\r\nPress any key to continue ...');
    await keyboard.readKey();
    output.write('\r\n');
    return 0;
  }
  const hint = args.some((word) => /^\/nobreak$/i.test(word))
    ? 'press CTRL+C to quit ...'
    : 'press a key to continue ...';
  output.write(`\r\nWaiting for 0 seconds, ${hint}\r\n`);
  return 0;
};
