import { ExitCode } from '../setup/exit-codes.mjs';

/** The same Ctrl-C can come twice, from the terminal and from the process that started this one. */
const SAME_SIGNAL_MS = 1000;

/**
 * Calls `stop` once on Ctrl-C, SIGTERM or SIGHUP and then ends the process with the code that it answers, or the
 * documented one for the signal; a second signal ends it at once. Machines need nothing from here: the watcher of their session ends them with this process.
 * Returns a function that undoes it.
 */
export function onStopSignal(stop: (signal: NodeJS.Signals) => Promise<number | undefined>): () => void {
  let first: number | undefined;
  const handle = (signal: NodeJS.Signals): void => {
    const code = signal === 'SIGINT' ? ExitCode.interrupted : ExitCode.terminated;
    if (first !== undefined) {
      if (performance.now() - first > SAME_SIGNAL_MS) process.exit(code);
      return;
    }
    first = performance.now();
    stop(signal).then(
      (answer) => process.exit(answer ?? code),
      (error: unknown) => {
        console.error(error);
        process.exit(code);
      },
    );
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}
