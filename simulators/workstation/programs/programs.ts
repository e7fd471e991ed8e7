import type { Readable, Writable } from 'node:stream';

export interface Program {
  readonly file: string;
  readonly arguments: readonly string[];
  /** Added to the environment. Secrets may stand here, never in `arguments`: every user of a machine can read those. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ProgramEnd {
  /** Undefined where a signal ended the program. */
  readonly exitCode: number | undefined;
}

export interface RunningProgram extends AsyncDisposable {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Never rejects, except where the program could not be started. */
  readonly ended: Promise<ProgramEnd>;
  /** Ends the program and waits for its end. */
  stop(): Promise<void>;
}

/** Where the customer's programs run: on this host or in a container. */
export interface Programs extends AsyncDisposable {
  readonly kind: 'host' | 'container';
  /** One line for reports. */
  readonly description: string;
  /** A private folder that has the same path here and where the programs run. */
  readonly directory: string;
  /** Added to the environment of every program. */
  readonly environment: Readonly<Record<string, string>>;
  start(program: Program): RunningProgram;
}
