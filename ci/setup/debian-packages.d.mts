import type { Run } from './run-command.mjs';

export interface DebianPackage {
  name: string;
  purpose: string;
}
export function parsePackageList(text: string): DebianPackage[];
export const DPKG_QUERY: string[];
export function installedVersions(output: string): Map<string, string>;
export function queryPackages(
  packages: readonly DebianPackage[],
  run: Run,
): Promise<Map<string, string> | undefined>;
