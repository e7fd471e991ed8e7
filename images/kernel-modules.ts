import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Copies kernel modules and all they depend on from one module tree to another.
 * @param names module names as modprobe takes them (`virtio_blk`); names built into the kernel are passed over
 * @returns the copied files in loading order, relative to the tree
 */
export async function copyModules(from: string, to: string, names: readonly string[]): Promise<string[]> {
  const dependencies = await readDependencies(path.join(from, 'modules.dep'));
  const builtIn = await readFile(path.join(from, 'modules.builtin'), 'utf8');
  const byName = new Map([...dependencies.keys()].map((file) => [moduleName(file), file]));
  const order: string[] = [];
  for (const name of names) {
    const file = byName.get(normalise(name));
    if (file) {
      for (const needed of [...(dependencies.get(file) ?? [])].reverse().concat(file)) {
        if (!order.includes(needed)) {
          order.push(needed);
        }
      }
    } else if (!builtIn.split('\n').some((line) => moduleName(line) === normalise(name))) {
      throw new Error(
        `Failed to copy the kernel module ${name}: ${from} has no such module. Check the recipe's list; the kernel image keeps only the modules that images/recipes/kernel.ts names.`,
      );
    }
  }
  for (const file of order) {
    await mkdir(path.dirname(path.join(to, file)), { recursive: true });
    await cp(path.join(from, file), path.join(to, file));
  }
  return order;
}

async function readDependencies(file: string): Promise<Map<string, string[]>> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.includes(':'));
  return new Map(
    lines.map((line) => {
      const [module, needs] = line.split(':') as [string, string];
      return [module, needs.trim().split(/\s+/).filter(Boolean)];
    }),
  );
}

function moduleName(file: string): string {
  return normalise(path.basename(file).replace(/\.ko(\.\w+)?$/, ''));
}

function normalise(name: string): string {
  return name.replaceAll('-', '_');
}
