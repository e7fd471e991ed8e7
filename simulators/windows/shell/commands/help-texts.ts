/** Short help of cmd's own commands: what it does, then its form. All texts are our own. */
const texts: Readonly<Record<string, readonly string[]>> = {
  break: ['Does nothing; kept for old scripts.', 'BREAK'],
  call: [
    'Runs a batch file, or a part of it, and comes back.',
    'CALL file [arguments]',
    'CALL :label [arguments]',
  ],
  cd: ['Shows or changes the current folder.', 'CD [/D] [drive:][path]', '/D  changes the drive as well.'],
  cls: ['Clears the screen.', 'CLS'],
  cmd: [
    'Starts another command prompt.',
    'CMD [/C | /K command] [/V:ON | /V:OFF] [/Q]',
    '/C  runs the command and ends.   /K  runs it and stays.',
    '/V:ON  replaces !NAME! late.     /Q  turns echo off.',
  ],
  color: ['Sets the colours of the console.', 'COLOR [digits: background, foreground]'],
  copy: [
    'Copies files, or joins them into one.',
    'COPY source [+ source ...] [target] [/Y | /-Y] [/A | /B]',
    '/Y  overwrites without asking.   /-Y  asks.',
    '/A  joins as text.               /B  joins byte by byte.',
  ],
  date: ['Shows the date.', 'DATE [/T]'],
  del: [
    'Deletes files.',
    'DEL names [/P] [/F] [/S] [/Q] [/A[[:]attributes]]',
    '/P  asks for each file.          /F  deletes read-only files too.',
    '/S  goes into folders below.     /Q  asks nothing.',
    '/A  picks files by R, H, S, A, I, L; a minus means "not".',
  ],
  dir: [
    'Lists files and folders.',
    'DIR [path] [/A[[:]attributes]] [/B] [/S] [/W] [/D] [/O[[:]order]] [/L] [/Q] [/X] [/P] [/-C]',
    '/A  shows all, or those with D, R, H, S, A, I, L; a minus means "not".',
    '/B  names alone.   /S  folders below as well.   /W, /D  in columns.',
    '/O  sorts by N name, E extension, S size, D date, G folders first; a minus turns it round.',
  ],
  echo: ['Shows a text, or turns the display of commands on and off.', 'ECHO [ON | OFF | text]'],
  endlocal: ['Undoes what was changed since SETLOCAL in a batch file.', 'ENDLOCAL'],
  exit: ['Ends the prompt, or with /B the batch file.', 'EXIT [/B] [exit code]'],
  for: [
    'Runs a command for each of several things.',
    'FOR %v IN (set) DO command',
    'FOR /D %v IN (folders) DO command',
    'FOR /R [root] %v IN (set) DO command',
    'FOR /L %v IN (start,step,end) DO command',
    'FOR /F ["options"] %v IN (files | "text" | \'command\') DO command',
    'Options of /F: eol=c skip=n delims=xyz tokens=1,2* usebackq. In batch files the sign is %%v.',
  ],
  goto: ['Goes on at a label of the batch file; :EOF is its end.', 'GOTO label'],
  if: [
    'Runs a command on a condition.',
    'IF [/I] [NOT] a==b command [ELSE command]',
    'IF [/I] a EQU | NEQ | LSS | LEQ | GTR | GEQ b command',
    'IF [NOT] EXIST file | ERRORLEVEL number | DEFINED variable command',
  ],
  md: ['Makes a folder and those above it.', 'MD path'],
  move: ['Moves files, or renames a folder.', 'MOVE [/Y | /-Y] source target'],
  path: ['Shows or sets the folders that programs are looked for in.', 'PATH [folder[;folder ...]]'],
  pause: ['Waits for a key.', 'PAUSE'],
  popd: ['Goes back to the folder that PUSHD left.', 'POPD'],
  prompt: [
    'Sets the prompt.',
    'PROMPT [text]',
    '$P folder, $G >, $L <, $N drive, $V version, $_ new line, $$ dollar.',
  ],
  pushd: ['Remembers the current folder and goes to another.', 'PUSHD [path]'],
  rd: ['Removes a folder.', 'RD [/S] [/Q] path', '/S  with everything in it.   /Q  without asking.'],
  rem: ['A remark.', 'REM [text]'],
  ren: ['Renames files or a folder.', 'REN [path]old new'],
  set: ['Shows or sets variables.', 'SET [name=[value]]', 'SET /P name=[question]', 'SET /A expression'],
  setlocal: ['Keeps later changes of variables within a batch file.', 'SETLOCAL [ENABLEDELAYEDEXPANSION]'],
  shift: ['Moves the arguments of a batch file by one.', 'SHIFT [/n]'],
  time: ['Shows the time.', 'TIME [/T]'],
  title: ["Sets the window's title.", 'TITLE [text]'],
  type: ['Shows what is in files.', 'TYPE file ...'],
  ver: ['Shows the version of Windows.', 'VER'],
  verify: ['Is kept for old scripts.', 'VERIFY [ON | OFF]'],
  vol: ["Shows a volume's label and serial number.", 'VOL [drive:]'],
  where: ['Shows where programs are found.', 'WHERE [/Q] name ...'],
};

const otherNames: Readonly<Record<string, string>> = {
  chdir: 'cd',
  erase: 'del',
  mkdir: 'md',
  rename: 'ren',
  rmdir: 'rd',
};

/** What `name /?` answers, or undefined for a command without help. */
export function commandHelp(name: string): string | undefined {
  const key = name.toLowerCase();
  const lines = texts[otherNames[key] ?? key];
  if (!lines) return undefined;
  const [summary = '', ...forms] = lines;
  return `${summary}\r\n\r\n${forms.map((line) => `${line}\r\n`).join('')}`;
}

/** Name and summary of each command, sorted: what `help` lists. */
export function commandSummaries(): readonly (readonly [name: string, summary: string])[] {
  return Object.entries(texts).map(([name, [summary = '']]) => [name, summary] as const);
}
