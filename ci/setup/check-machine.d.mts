export const GIB: number;
export interface MachineFacts {
  cache: string;
  built: boolean;
  freeDisk: number;
  availableMemory: number;
  unmapped: string | undefined;
}
export function readMachine(environment: Record<string, string | undefined>): MachineFacts;
export function checkMachine(machine: MachineFacts): string;
export function userWithoutIds(
  user: { readonly uid: number; readonly username: string },
  read: (file: string) => string,
): string | undefined;
export function gib(bytes: number): string;
export function freeBytes(folder: string): number;
