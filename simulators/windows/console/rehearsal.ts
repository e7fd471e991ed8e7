import { type EvdevKey, Framebuffer, Key, type KeyPress, KeyState, usKey } from '../../linux-devices';
import { LogonConsole } from './console';
import type { ConsoleShell } from './console-parts';

/** The usual size of the display (pixels, and bytes from row to row). */
const GEOMETRY = { width: 1024, height: 768, stride: 4096 } as const;
const PROMPT = '\r\nC:\\Users\\Administrator>';

/**
 * Signs in once at a logon screen that nobody sees, and types a command at its prompt: the drawing library, the fonts and
 * the code are loaded and compiled then.
 */
export async function rehearseConsole(): Promise<void> {
  using framebuffer = Framebuffer.open('/dev/null', GEOMETRY);
  const keys = new KeyState();
  let hear: (press: KeyPress) => void = () => undefined;
  const press = (...codes: readonly number[]): void => {
    const send = (code: number, action: EvdevKey['action']): void => hear(keys.apply({ code, action }));
    for (const code of codes) send(code, 'down');
    for (const code of [...codes].reverse()) send(code, 'up');
  };
  let arrive = (): void => undefined;
  const onDesktop = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  using _console = new LogonConsole({
    framebuffer,
    keyboard: {
      onKey(listener) {
        hear = listener;
        return () => undefined;
      },
    },
    hostName: 'REHEARSAL',
    defaultUser: 'Administrator',
    authenticate: async () => undefined,
    openShell: () => echoingShell(),
    onState: ({ name }) => {
      if (name === 'desktop') arrive();
    },
  });
  press(Key.LeftControl, Key.LeftAlt, Key.Delete);
  press(usKey('x')!.code);
  press(Key.Enter);
  await onDesktop;
  for (const character of 'bcdedit') press(usKey(character)!.code);
  press(Key.Enter);
}

/** Prints what is typed, with as many lines behind it that the screen scrolls. */
function echoingShell(): ConsoleShell {
  const listeners: ((output: Uint8Array) => void)[] = [];
  const print = (text: string): void => {
    for (const listener of listeners) listener(Buffer.from(text));
  };
  const lines = Array.from({ length: 40 }, (_, line) => `element${line}              value ${line}\r\n`);
  return {
    write: (input) => {
      const text = Buffer.from(input).toString();
      print(text.includes('\r') ? `\r\n${lines.join('')}${PROMPT}` : text);
    },
    resize: () => undefined,
    onOutput: (listener) => {
      listeners.push(listener);
      listener(Buffer.from(PROMPT));
    },
    onExit: () => undefined,
    close: () => undefined,
  };
}
