import { execa } from 'execa';

/** Runs `qemu-img` and gives back its standard output; its own words become the error. */
export async function qemuImg(...args: readonly string[]): Promise<string> {
  const { stdout, stderr, failed, exitCode, code } = await execa('qemu-img', args, { reject: false });
  if (!failed) return stdout;
  if (code === 'ENOENT') {
    throw new Error('qemu-img is not installed. On Debian: apt-get install qemu-utils.');
  }
  throw new Error(`qemu-img ${args.join(' ')} ended with code ${exitCode}: ${stderr.trim()}`);
}
