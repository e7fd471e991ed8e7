import { ByteQueue, type Shell } from '../shell';

/** A shell for a screen of the guest's own: bytes in, terminal output out. Fits the console's `ConsoleShell`. */
export interface ScreenShell {
  write(input: Uint8Array): void;
  resize(columns: number, rows: number): void;
  onOutput(listener: (output: Uint8Array) => void): void;
  onExit(listener: () => void): void;
  close(): void;
}

/** Starts the interactive shell; output that comes before the listener is kept for it. */
export function openScreenShell(shell: Promise<Shell>, columns: number, rows: number): ScreenShell {
  const input = new ByteQueue();
  const terminal = { columns, rows };
  const outputListeners: ((output: Uint8Array) => void)[] = [];
  const exitListeners: (() => void)[] = [];
  let early: Uint8Array[] = [];
  let ended = false;
  const output = {
    write(text: string): void {
      const bytes = new TextEncoder().encode(text);
      if (outputListeners.length === 0) early.push(bytes);
      for (const listener of outputListeners) listener(bytes);
    },
  };
  const run = async (): Promise<void> => {
    try {
      await (await shell).interact({ input, output, errors: output, terminal });
    } catch (error) {
      output.write(`${error instanceof Error ? error.message : String(error)}\r\n`);
    }
    ended = true;
    for (const listener of exitListeners) listener();
  };
  void run();
  return {
    write: (bytes) => input.push(bytes),
    resize(newColumns, newRows) {
      terminal.columns = newColumns;
      terminal.rows = newRows;
    },
    onOutput(listener) {
      outputListeners.push(listener);
      for (const bytes of early) listener(bytes);
      early = [];
    },
    onExit(listener) {
      if (ended) listener();
      else exitListeners.push(listener);
    },
    close: () => input.end(),
  };
}
