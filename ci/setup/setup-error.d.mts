export class SetupError extends Error {
  constructor(message: string, exitCode: number, more?: { cause?: unknown; output?: string });
  exitCode: number;
  output: string;
}
