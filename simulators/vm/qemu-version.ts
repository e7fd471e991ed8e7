import { execa } from 'execa';
import { qemuProgram } from './qemu-process';

let version: Promise<string> | undefined;

/** What QEMU calls itself, package version included: "7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)". Asked once. */
export function qemuVersion(): Promise<string> {
  version ??= ask();
  return version;
}

async function ask(): Promise<string> {
  const { stdout = '', failed } = await execa(qemuProgram, ['--version'], { reject: false });
  const found = /version (.+)/.exec(stdout)?.[1];
  if (failed || found === undefined) {
    throw new Error(
      `${qemuProgram} --version gave no answer: is it installed? On Debian: apt-get install qemu-system-x86.`,
    );
  }
  return found;
}
