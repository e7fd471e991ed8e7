/** What a client of the shell socket asks for in its header line. */
export interface ShellRequest {
  readonly kind: 'shell' | 'exec' | 'authenticate';
  /** Name as the login gave it; empty where nobody logged in (then the built-in administrator is meant). */
  readonly user: string;
  /** For `exec`. */
  readonly command: string;
  /** Undefined where the client has no terminal. */
  readonly terminal: { readonly columns: number; readonly rows: number } | undefined;
}

const isSize = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;

/** Throws an Error that says what is wrong with the line. */
export function parseShellRequest(line: string): ShellRequest {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch (error) {
    throw new Error(`The header line of the shell socket is no JSON: ${line.slice(0, 80)}`, { cause: error });
  }
  const { kind, user, command, columns, rows } = (given ?? {}) as Record<string, unknown>;
  if (kind !== 'shell' && kind !== 'exec' && kind !== 'authenticate') {
    throw new Error(`The header line asks for "${String(kind)}"; known are shell, exec and authenticate.`);
  }
  if (typeof user !== 'string') throw new Error('The header line names no user.');
  if (kind === 'exec' && typeof command !== 'string')
    throw new Error('The header line has no command to run.');
  return {
    kind,
    user,
    command: typeof command === 'string' ? command : '',
    terminal: isSize(columns) && isSize(rows) ? { columns, rows } : undefined,
  };
}
