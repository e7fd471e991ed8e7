import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';

/** What provisioning changes of the Linux underneath. */
export interface SystemControl {
  setHostName(name: string): Promise<void>;
  setClock(time: Date): Promise<void>;
  /** Feeds the kernel's random number generator, so that forks of one machine differ from here on. */
  addEntropy(seed: Uint8Array): Promise<void>;
}

/** Runs a program with something on its standard input. Rejects with what it said. */
export function feed(command: string, args: readonly string[], input: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.on('error', reject);
    child.stdin.on('error', () => undefined);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}: ${said.trim()}`)),
    );
    child.stdin.end(input);
  });
}

/** The running Linux; needs root. @param shellProgram path of `standin-shell`, which can also reseed the kernel. */
export function linuxSystemControl(shellProgram: string): SystemControl {
  return {
    setHostName: (name) => writeFile('/proc/sys/kernel/hostname', name),
    async setClock(time) {
      // BusyBox's date takes whole seconds.
      await feed('date', ['-s', `@${Math.round(time.getTime() / 1000)}`], new Uint8Array());
    },
    async addEntropy(seed) {
      await writeFile('/dev/urandom', seed);
      // Writing alone does not reseed at once (random(4)); the ioctl of the helper does.
      await feed(shellProgram, ['--reseed'], seed);
    },
  };
}
