import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the screen and the keyboard ours: unbinds the kernel's text console from the framebuffer and turns
 * Ctrl+Alt+Del from "reboot at once" into a signal to process 1 (kernel documentation, admin-guide/sysctl/kernel,
 * `ctrl-alt-del`), which a process 1 without a handler ignores. Files that do not exist are passed over.
 */
export function takeConsole(root = '/'): void {
  writeIfThere(join(root, 'proc/sys/kernel/ctrl-alt-del'), '0');
  const consoles = join(root, 'sys/class/vtconsole');
  for (const name of list(consoles))
    if (readIfThere(join(consoles, name, 'name')).includes('frame buffer'))
      writeIfThere(join(consoles, name, 'bind'), '0');
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function writeIfThere(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'r+' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new Error(`Cannot write "${text}" to ${path}; taking the console needs root.`, { cause: error });
  }
}
