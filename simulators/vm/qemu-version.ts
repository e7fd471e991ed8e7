import { execa } from 'execa';
import { qemuProgram } from './qemu-program';

const versions = new Map<string, Promise<string>>();

/** What QEMU calls itself, package version included: "7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)". Each is asked once. */
export function qemuVersion(): Promise<string> {
  const program = qemuProgram();
  const version = versions.get(program) ?? ask(program);
  versions.set(program, version);
  return version;
}

async function ask(program: string): Promise<string> {
  const { stdout = '', failed } = await execa(program, ['--version'], { reject: false });
  const found = /version (.+)/.exec(stdout)?.[1];
  if (failed || found === undefined) {
    throw new Error(
      `${program} --version gave no answer: is it installed? On Debian: apt-get install qemu-system-x86.`,
    );
  }
  return found;
}
