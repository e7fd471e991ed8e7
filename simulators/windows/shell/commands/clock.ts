import { clockMinutes, shortDate, shortTime } from '../clock-text';
import type { Builtin } from '../session';

/** Setting the clock is not here: the machine's time is the lab's. Our text. */
const cannotSet = 'This stand-in takes its time from the machine; the clock cannot be set here.\r\n';

const asksOnly = (tail: string): boolean => /^\s*\/t\s*$/i.test(tail);

/** `date /t`; without it the date is shown and an empty answer leaves it. */
export const date: Builtin = async (_session, tail, { output, errors, input }) => {
  const today = shortDate(new Date());
  if (asksOnly(tail)) {
    output.write(`${today} \r\n`);
    return 0;
  }
  if (tail.trim() === '') {
    output.write(`The current date is: ${today} \r\n`);
    if (((await input.readLine('Enter the new date: (mm-dd-yy) ')) ?? '') === '') return 0;
  }
  errors.write(cannotSet);
  return 1;
};

/** `time /t`; without it the time is shown and an empty answer leaves it. */
export const time: Builtin = async (_session, tail, { output, errors, input }) => {
  const now = new Date();
  if (asksOnly(tail)) {
    output.write(`${clockMinutes(now)}\r\n`);
    return 0;
  }
  if (tail.trim() === '') {
    output.write(`The current time is: ${shortTime(now)}\r\n`);
    if (((await input.readLine('Enter the new time: ')) ?? '') === '') return 0;
  }
  errors.write(cannotSet);
  return 1;
};
