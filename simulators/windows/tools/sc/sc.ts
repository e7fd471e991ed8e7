import { DiskFormatError } from '../../../disk/bytes';
import { type Program, WindowsError } from '../../shell';
import { config, query, queryConfig, queryex, type ScCommand, start, stop } from './commands';
import { ScFailure } from './failure';

const commands: Readonly<Record<string, ScCommand>> = {
  query,
  queryex,
  qc: queryConfig,
  config,
  start,
  stop,
};

/** Verbs of the real sc that are deliberately not here. */
const absent: ReadonlySet<string> = new Set(
  (
    'boot changefailure control create delete description enumdepend failure failureflag getdisplayname getkeyname ' +
    'interrogate lock manageduser managedaccount pause privs continue preferrednode qdescription qfailure qfailureflag ' +
    'qmanagedaccount qpreferrednode qprivs qprotection qrunlevel qsidtype qtriggerinfo quserservice querylock sdset ' +
    'sdshow showsid sidtype triggerinfo'
  ).split(' '),
);

// The first lines are the real page's; the list is that of the verbs that are here.
const USAGE =
  '\r\nDESCRIPTION:\r\n        SC is a command line program used for communicating with the\r\n' +
  '        Service Control Manager and services.\r\nUSAGE:\r\n        sc <server> [command] [service name] ' +
  `<option1> <option2>...\r\n\r\n        Commands: ${Object.keys(commands).join(', ')}\r\n\r\n`;

/** `sc query | queryex | qc | config | start | stop`: the services of the running system. */
export const sc: Program = async (context) => {
  const [verb = '', ...args] = context.args;
  const command = verb.toLowerCase();
  if (absent.has(command)) {
    // Our text.
    context.output.write(`SC ${command.toUpperCase()} is not part of the stand-in.\r\n`);
    return 50;
  }
  if (!Object.hasOwn(commands, command)) {
    const unknown = verb === '' || verb === '/?' ? '' : `\r\n*** Unrecognized Command ***\r\n`;
    context.output.write(`${unknown}${USAGE}`);
    return unknown === '' ? 0 : 1639;
  }
  try {
    await commands[command]!(context, args);
    return 0;
  } catch (error) {
    // The real sc writes its failures to the output as well.
    if (error instanceof ScFailure) {
      context.output.write(error.text);
      return error.exitCode;
    }
    if (error instanceof WindowsError || error instanceof DiskFormatError) {
      context.output.write(`[SC] OpenSCManager FAILED:\r\n\r\n${error.message}\r\n\r\n`);
      return error instanceof WindowsError ? error.code : 1009;
    }
    throw error;
  }
};
