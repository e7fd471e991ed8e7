import type { LogonRefusal } from '../../disk/sam';
import type { Framebuffer, Keyboard } from '../../linux-devices';

/** A command interpreter as the Command Prompt window uses it. Output is a terminal stream (UTF-8, CR LF, VT sequences). */
export interface ConsoleShell {
  write(input: Uint8Array): void;
  resize(columns: number, rows: number): void;
  onOutput(listener: (output: Uint8Array) => void): void;
  /** Called once, when the interpreter ends; the user is then signed out. */
  onExit(listener: () => void): void;
  /** Ends the interpreter, as a sign-out does. Harmless after it has ended. */
  close(): void;
}

export type ConsoleState =
  | { readonly name: 'locked' }
  | { readonly name: 'sign-in'; readonly user: string }
  | { readonly name: 'signing-in'; readonly user: string }
  | { readonly name: 'refused'; readonly user: string; readonly message: string }
  | { readonly name: 'desktop'; readonly user: string }
  | { readonly name: 'security'; readonly user: string };

export interface ConsoleParts {
  readonly framebuffer: Framebuffer;
  readonly keyboard: Keyboard;
  /** Read again for each new screen, so that a getter may answer a name that changes. */
  readonly hostName: string;
  /** The account whose tile is offered first (also read again for each sign-in); without one, user name and password are both asked for. */
  readonly defaultUser?: string;
  /** Undefined: the user is let in. */
  readonly authenticate: (user: string, password: string) => Promise<LogonRefusal | undefined>;
  readonly openShell: (user: string, columns: number, rows: number) => ConsoleShell;
  /** Called after the picture of the new state has been drawn. */
  readonly onState?: (state: ConsoleState) => void;
  /** Wall clock of the machine, shown as UTC. */
  readonly now?: () => Date;
}
