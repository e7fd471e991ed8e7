import { DiskFormatError } from '../../../disk/bytes';
import { type Program, WindowsError } from '../../shell';
import { accounts } from './account-policy';
import type { NetCommand } from './command';
import { messageText, NetFailure, syntaxFailure } from './failure';
import { localGroup } from './local-group';
import { start, stop } from './services';
import { user } from './user';

const helpMessage: NetCommand = async ({ output }, [number]) => {
  const text = /^\d+$/.test(number ?? '') ? messageText(Number(number)) : undefined;
  // Our text: the stand-in knows the messages that it prints.
  if (text === undefined) throw new NetFailure(`${number ?? ''} is not a message of the stand-in.\r\n\r\n`);
  output.write(`\r\n${text}\r\n\r\n`);
};

const commands: Readonly<Record<string, NetCommand>> = {
  user,
  users: user,
  localgroup: localGroup,
  accounts,
  start,
  stop,
  helpmsg: helpMessage,
};

const ABSENT =
  'COMPUTER CONFIG CONTINUE FILE GROUP HELP PAUSE PRINT SESSION SHARE STATISTICS TIME USE VIEW'.split(' ');
const SYNTAX = [
  'NET',
  '    [ ACCOUNTS | COMPUTER | CONFIG | CONTINUE | FILE | GROUP | HELP |',
  '      HELPMSG | LOCALGROUP | PAUSE | PRINT | SESSION | SHARE | START |',
  '      STATISTICS | STOP | TIME | USE | USER | VIEW ]',
];

/** `net user | localgroup | accounts | start | stop | helpmsg`; the other words say that they are absent. */
export const net: Program = async (context) => {
  const [word = '', ...args] = context.args;
  const name = word.toLowerCase();
  try {
    if (Object.hasOwn(commands, name)) {
      await commands[name]!(context, args);
      return 0;
    }
    if (ABSENT.includes(word.toUpperCase())) {
      // Our text.
      throw new NetFailure(`NET ${word.toUpperCase()} is not part of the stand-in.\r\n\r\n`);
    }
    throw syntaxFailure(...SYNTAX);
  } catch (error) {
    if (error instanceof NetFailure) {
      context.errors.write(error.text);
      return error.exitCode;
    }
    // A SAM that is not there, or damaged: Windows' first line for an error without a number is not known; ours.
    if (error instanceof WindowsError || error instanceof DiskFormatError) {
      context.errors.write(`A system error has occurred.\r\n\r\n${error.message}\r\n\r\n`);
      return 2;
    }
    throw error;
  }
};
