/** The logon screen and desktop of the stand-in's own display. Runs inside the guest. */
export { LogonConsole } from './console';
export type { ConsoleParts, ConsoleShell, ConsoleState } from './console-parts';
export { rehearseConsole } from './rehearsal';
