export function bundleCommand(command: {
  readonly root: string;
  readonly entry: string;
  readonly folder: string;
  readonly packages?: 'bundle' | 'external';
}): Promise<string>;
