import type { Program } from '../shell';

/** Short help of the programs: what it does, then its form. All texts are our own. */
const texts: Readonly<Record<string, readonly string[]>> = {
  attrib: [
    'Shows or changes the attributes of files.',
    'ATTRIB [+R | -R] [+A | -A] [+S | -S] [+H | -H] [+I | -I] [file] [/S [/D]]',
    'R read-only, A archive, S system, H hidden, I not indexed.   /S  below as well.   /D  folders too.',
  ],
  choice: ['Asks for one of several keys.', 'CHOICE [/C keys] [/N] [/CS] [/T seconds /D key] [/M text]'],
  fc: ['Compares two files.', 'FC [/B] [/C] [/N] [/W] [/L] file file'],
  find: ['Looks for a text in files.', 'FIND [/V] [/C] [/N] [/I] "text" [file ...]'],
  findstr: [
    'Looks for words or expressions in files.',
    'FINDSTR [/B] [/E] [/X] [/L | /R] [/S] [/I] [/V] [/N] [/M] [/O] [/C:text] [/G:file] [/F:file] words [file ...]',
  ],
  hostname: ["Shows this computer's name.", 'HOSTNAME'],
  ipconfig: [
    'Shows the network settings.',
    'IPCONFIG [/ALL | /RENEW | /FLUSHDNS | /REGISTERDNS | /DISPLAYDNS]',
  ],
  more: ['Shows a text page by page.', 'MORE [/S] [/Tn] [+n] [file ...]'],
  robocopy: [
    'Copies folders.',
    'ROBOCOPY source target [file ...] [/S] [/E] [/PURGE] [/MIR] [/MOV] [/MOVE] [/L] [/XO] [/IS]',
    '         [/XF files] [/XD folders] [/COPY:DAT] [/NJH] [/NJS] [/NFL] [/NDL] [/LOG[+]:file] [/TEE]',
  ],
  shutdown: [
    'Restarts or stops the machine.',
    'SHUTDOWN /R | /S | /P [/F] [/T seconds] [/C text] [/D reason]',
  ],
  sort: ['Sorts lines.', 'SORT [/R] [/+n] [file] [/O target]'],
  systeminfo: ['Shows facts about this system.', 'SYSTEMINFO [/FO LIST]'],
  tasklist: ['Lists processes.', 'TASKLIST [/SVC] [/FI "filter"] [/FO TABLE | LIST | CSV] [/NH]'],
  timeout: ['Waits; here it comes back at once.', 'TIMEOUT [/T] seconds [/NOBREAK]'],
  tree: ['Draws the folders below a path.', 'TREE [path] [/F] [/A]'],
  whoami: ['Shows who is logged on.', 'WHOAMI [/GROUPS | /PRIV]'],
  xcopy: [
    'Copies files and folders.',
    'XCOPY source [target] [/S | /E] [/I] [/Y | /-Y] [/H] [/K] [/R] [/C] [/Q] [/F] [/L] [/T] [/U] [/D[:m-d-y]] [/A | /M] [/P]',
  ],
};

/** The programs with an answer to `/?` where there is a text for one; exit code 0. */
export function withHelp(
  programs: readonly (readonly [name: string, program: Program])[],
): readonly (readonly [name: string, program: Program])[] {
  return programs.map(([name, program]) => {
    const lines = texts[name];
    if (!lines) return [name, program] as const;
    const [summary = '', ...forms] = lines;
    const text = `${summary}\r\n\r\n${forms.map((line) => `${line}\r\n`).join('')}`;
    const answering: Program = async (context) => {
      if (!context.args.includes('/?')) return program(context);
      context.output.write(text);
      return 0;
    };
    return [name, answering] as const;
  });
}
