import type { WindowsHost } from '../windows-host';
import type { ByteQueue } from './byte-queue';
import { builtins } from './commands';
import { Environment } from './environment';
import type { FileAccess } from './file-access';
import { interact } from './interact';
import { executeCommand, interpreter } from './interpreter';
import { Interrupted } from './interrupted';
import { KeyReader } from './keys';
import { LineEditor } from './line-editor';
import { PipedLines } from './piped-lines';
import type { ConsoleModes, ProgramIo, Programs, TerminalSize, TextOutput } from './program';
import { ShellSession } from './session';

/** The bytes of one client. */
export interface ShellStreams {
  readonly input: ByteQueue;
  readonly output: TextOutput;
  readonly errors: TextOutput;
  /** The client's terminal, in raw mode; its numbers may change while the shell runs. Undefined: no terminal. */
  readonly terminal: TerminalSize | undefined;
  /** Where its code page is kept; a client without a terminal gets its output in it. */
  readonly console?: ConsoleModes | undefined;
}

export interface ShellOptions {
  readonly host: WindowsHost;
  readonly files: FileAccess;
  readonly programs: Programs;
  /** The account's name in its own case, e.g. `Administrator`. */
  readonly user: string;
  /** Over SSH the prompt shows who is where, as OpenSSH for Windows sets it up. */
  readonly remote: boolean;
}

/** One user's cmd, ready to run. */
export interface Shell {
  /** Runs until `exit` or the end of input. Returns the exit code. */
  interact(streams: ShellStreams): Promise<number>;
  /** Runs one command line as `cmd /c` does. Returns the exit code. */
  execute(command: string, streams: ShellStreams): Promise<number>;
}

function environment({ host, user, remote }: ShellOptions): Environment {
  const drive = `${host.systemDrive}:`;
  const root = `${drive}\\Windows`;
  const computer = host.hostName.toUpperCase();
  return new Environment([
    ['COMPUTERNAME', computer],
    ['ComSpec', `${root}\\system32\\cmd.exe`],
    ['HOMEDRIVE', drive],
    ['HOMEPATH', `\\Users\\${user}`],
    ['OS', 'Windows_NT'],
    ['Path', `${root}\\system32;${root};${root}\\System32\\Wbem`],
    ['PATHEXT', '.COM;.EXE;.BAT;.CMD;.MSC'],
    ['PROCESSOR_ARCHITECTURE', 'AMD64'],
    // Form seen in the OVHcloud guide: user in lower case, then the computer in upper case.
    ['PROMPT', remote ? `${user.toLowerCase().replaceAll('$', '$$$$')}@${computer} $P$G` : '$P$G'],
    ['SystemDrive', drive],
    ['SystemRoot', root],
    ['TEMP', `${drive}\\Users\\${user}\\AppData\\Local\\Temp`],
    ['USERDOMAIN', computer],
    ['USERNAME', user],
    ['USERPROFILE', `${drive}\\Users\\${user}`],
    ['windir', root],
  ]);
}

function processIo({ input, output, errors, terminal, console }: ShellStreams): ProgramIo {
  const lines = terminal
    ? new LineEditor(new KeyReader(input), output, terminal)
    : new PipedLines(input, output);
  return { input: lines, keyboard: lines, output, errors, terminal, console };
}

/** Starts in the user's profile folder where there is one, else in the root of the system drive. */
export async function createShell(options: ShellOptions): Promise<Shell> {
  const { host, files, programs, user } = options;
  const profile = `${host.systemDrive}:\\Users\\${user}`;
  // A system drive that is not there must not keep anyone from a prompt.
  const found = await files.stat(profile).catch(() => undefined);
  const home = found?.folder ? profile : `${host.systemDrive}:\\`;
  const parts = { host, files, programs, user, interpreter, builtins: new Map(builtins) };
  const session = new ShellSession(parts, environment(options), home);
  return {
    interact: (streams) => interact(session, processIo(streams)),
    async execute(command, streams) {
      try {
        return await executeCommand(session, command, processIo(streams));
      } catch (error) {
        // Windows' STATUS_CONTROL_C_EXIT, as the unsigned exit code of a process.
        if (error instanceof Interrupted) return 0xc000013a;
        throw error;
      }
    },
  };
}
