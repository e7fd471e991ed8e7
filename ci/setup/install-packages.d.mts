import type { Run } from './run-command.mjs';

export interface PackageContext {
  list: string;
  run: Run;
  uid: number;
  env: Record<string, string | undefined>;
  progress: (detail: string) => void;
}
export function installPackages(context: PackageContext): Promise<string>;
export function commandToType(missing: readonly string[], root: boolean): string;
export function aptActivity(line: string): string | undefined;
