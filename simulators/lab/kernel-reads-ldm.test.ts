import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ImageStore, labRecipes } from '../../images';
import { assembleGroups, readMember } from '../disk/ldm';
import { createdDisks, everyLayout } from '../disk/testing/ldm-disks';
import { Session, startMachine } from '../vm';

const store = new ImageStore();
const folderOf = (name: string) => store.directoryOf(labRecipes.find((recipe) => recipe.name === name)!);
const [vmlinux, initrd] = [join(folderOf('kernel'), 'vmlinux'), join(folderOf('boot-initrd'), 'initrd')];

/** Shows the partitions that the kernel found, and ends. */
const INIT = `#!/bin/sh
mount -t devtmpfs dev /dev
mount -t proc proc /proc
while read -r module; do insmod "/modules/$module" 2>/dev/null; done < /modules/rescue
cat /proc/partitions
echo all shown
while :; do sleep 60; done
`;

/** Boots to user space under emulation, beside other tests (ms). */
const DEADLINE = 90_000;

/** The kernel of Debian, in a machine: it was built with its reader of dynamic disks (CONFIG_LDM_PARTITION). */
describe.skipIf(!existsSync(vmlinux) || !existsSync(initrd))('the Linux kernel', () => {
  it('finds every extent of the dynamic disks that we make, on MBR disks', async () => {
    const { disks } = createdDisks(everyLayout());
    const members = disks.map((disk) => readMember(disk)!);
    await using session = Session.start();
    const folder = session.tempDir('ldm');
    // The kernel reads MBR dynamic disks only: on a GPT disk it takes the GUID partition table (block/partitions/core.c).
    const shown = members.map((_, index) => index).filter((index) => members[index]!.style === 'mbr');
    const machine = {
      name: 'kernel',
      cpus: 1,
      memoryMiB: 512,
      firmware: 'bios',
      kernelBoot: { kernel: vmlinux, initrd: withInit(folder), commandLine: 'console=ttyS0 quiet' },
      disks: shown.map((index) => {
        const path = join(folder, `disk${index}.img`);
        writeFileSync(path, disks[index]!.bytes);
        return { id: `disk${index}`, path, format: 'raw', interface: 'virtio' } as const;
      }),
    } as const;
    const context = { session, accelerator: { kind: 'tcg', reason: 'tests' } } as const;
    await using running = await startMachine(machine, context);
    const [text] = await running.serial.waitFor(/major minor[\s\S]*?all shown/, {
      deadline: DEADLINE,
      what: "the kernel's list of partitions",
    });
    const extents = assembleGroups(members)[0]!.volumes.flatMap(({ components }) =>
      components.flatMap((component) => component.extents),
    );
    const names = ['vda', 'vdb', 'vdc', 'vdd'];
    for (const [place, index] of shown.entries()) {
      const blocks = [...text.matchAll(new RegExp(`(\\d+) ${names[place]}\\d+$`, 'gm'))].map(([, count]) =>
        Number(count),
      );
      // In KiB.
      const own = extents.filter(({ disk }) => disk.member === members[index]);
      const expected = own.map(({ sizeSectors }) => sizeSectors / 2);
      expect(
        blocks.sort((a, b) => a - b),
        `disk ${index}`,
      ).toEqual(expected.sort((a, b) => a - b));
    }
  });
});

/** The boot manager's initial RAM file system with another /init: of two archives the later one wins. */
function withInit(folder: string): string {
  const root = join(folder, 'root');
  mkdirSync(root);
  writeFileSync(join(root, 'init'), INIT, { mode: 0o755 });
  const archive = execFileSync('cpio', ['--create', '--format=newc', '--quiet'], {
    cwd: root,
    input: 'init\n',
  });
  const path = join(folder, 'initrd');
  writeFileSync(path, Buffer.concat([readFileSync(initrd), archive]));
  return path;
}
