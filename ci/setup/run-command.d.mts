export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}
export interface CommandOptions {
  cwd?: string;
  env?: Record<string, string | undefined>;
  onLine?: (line: string) => void;
}
export type Run = (command: readonly string[], options?: CommandOptions) => Promise<CommandResult>;
export const runCommand: Run;
