export function handOver(target: {
  node: string;
  root: string;
  file: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  through?: readonly string[];
}): Promise<number>;
