import { ExitCode } from '../setup/exit-codes.mjs';

/** The documented exit code for an error, by what is at the bottom of it. */
export function exitCodeOf(error: unknown): number {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') return ExitCode.port;
    if (code === 'ENOSPC' || code === 'ENOMEM') return ExitCode.resources;
  }
  return ExitCode.failed;
}

/** The error as a sentence that says what to do, with the sentences of its causes below. */
export function explain(error: unknown): string {
  const lines: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code, address, port } = at as NodeJS.ErrnoException & { address?: string; port?: number };
    if (code === 'EADDRINUSE' && address !== undefined) {
      lines.push(
        `${address}:${port} is taken by another program; end it (ss -ltnp shows which) and start again.`,
      );
    } else lines.push(at.message);
  }
  return lines.length === 0 ? String(error) : lines.join('\n  because: ');
}
