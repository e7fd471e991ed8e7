import { chmod, cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unpackPackages } from '../debian';
import { projectRoot } from '../key';
import type { Recipe } from '../recipe';

const packages = ['qemu-system-x86', 'ipxe-qemu', 'seabios'];

/** Nothing of these is read by `qemu-system-x86_64`. */
const without = [
  '/usr/bin/qemu-system-i386',
  '/usr/share/perl5/*',
  '/usr/share/icons/*',
  '/usr/share/qemu/edk2*',
  '/usr/lib/git-core/*',
];

/** Beside `root`, which holds Debian's files as they are: QEMU with the libraries it was built for, and the repair. */
const program = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
root=$here/../root
libraries=$root/lib/x86_64-linux-gnu:$root/usr/lib/x86_64-linux-gnu
export QEMU_MODULE_DIR="$root/usr/lib/x86_64-linux-gnu/qemu"
exec "$root/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" --argv0 qemu-system-x86_64 --library-path "$libraries" \\
  --preload "$here/vmrun-repair.so" "$root/usr/bin/qemu-system-x86_64" \\
  -L "$root/usr/share/qemu" -L "$root/usr/share/seabios" -L "$root/usr/lib/ipxe/qemu" "$@"
`;

/** How gcc makes a library that needs nothing but the program that it is loaded into. */
export const repairLibrary = ['-O2', '-shared', '-fPIC', '-ftls-model=initial-exec', '-nostdlib', '-s'];

/** The program in the image's directory. */
export const emulatorProgram = (directory: string): string => path.join(directory, 'bin/qemu-system-x86_64');

/**
 * The QEMU that runs the lab's machines: a newer one than Debian 12's own, because the emulation of AMD's
 * virtualization that the nested machine stands on has grown up since. Touches nothing of the host's own QEMU.
 */
export const emulator: Recipe = {
  name: 'emulator',
  summary: 'QEMU 10 from Debian backports, which runs the machines',
  needs: [],
  sources: ['images/recipes/emulator.ts', 'images/debian.ts', 'images/files/vmrun-repair.c'],
  parameters: { packages, without, program, repairLibrary },
  async build(context) {
    const unpacked = await unpackPackages(context, packages, { without, backports: true });
    const root = path.join(context.out, 'root');
    await mkdir(path.join(root, 'usr/bin'), { recursive: true });
    for (const folder of ['lib', 'usr/lib', 'usr/share/qemu', 'usr/share/seabios']) {
      await mkdir(path.dirname(path.join(root, folder)), { recursive: true });
      await rename(path.join(unpacked, folder), path.join(root, folder));
    }
    const binary = 'usr/bin/qemu-system-x86_64';
    await cp(path.join(unpacked, binary), path.join(root, binary));
    await rm(path.join(root, 'usr/lib/x86_64-linux-gnu/perl'), { recursive: true, force: true });
    await mkdir(path.join(context.out, 'bin'));
    const repair = path.join(projectRoot, 'images/files/vmrun-repair.c');
    await context.run('gcc', [...repairLibrary, '-o', path.join(context.out, 'bin/vmrun-repair.so'), repair]);
    await writeFile(emulatorProgram(context.out), program);
    await chmod(emulatorProgram(context.out), 0o755);
  },
};
