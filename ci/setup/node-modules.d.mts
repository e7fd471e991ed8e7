import type { Run } from './run-command.mjs';

export interface DependencyContext {
  root: string;
  run: Run;
  env: Record<string, string | undefined>;
  progress: (detail: string) => void;
}
export interface Lock {
  packages: Record<string, { version?: string; optional?: boolean; devOptional?: boolean }>;
}
export function installDependencies(context: DependencyContext): Promise<string>;
export function matchesLock(lock: Lock, hidden: Lock): boolean;
export function onlyForeignPlatformsMissing(output: string): boolean;
export function findNode24(root: string): string;
