import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { linuxParameters } from './linux';
import type { BuildContext } from './recipe';

/**
 * GRUB's core for the gap before the first partition stands in for Windows' own boot code: it starts `\bootmgr` from
 * the first partition and says what Windows' boot sector says when that is missing. The partition's identity is handed
 * on, so that the boot manager knows where it came from.
 */
const script = (era: string): string => `serial --unit=0 --speed=115200
terminal_output console serial
set root=(hd0,msdos1)
if [ -f /bootmgr ]; then
  probe --set=origin --fs-uuid ($root)
  linux /Boot/linux ${linuxParameters} standin.boot=$origin standin.era=${era}
  initrd /bootmgr
  boot
fi
echo "BOOTMGR is missing"
echo "Press Ctrl+Alt+Del to restart"
sleep --interruptible 86400
`;

const modules = [
  'normal',
  'memdisk',
  'tar',
  'biosdisk',
  'part_msdos',
  'ntfs',
  'linux',
  'serial',
  'terminal',
  'echo',
  'boot',
  'test',
  'probe',
  'sleep',
  'halt',
  'reboot',
];

const folder = '/usr/lib/grub/i386-pc';

/** The MBR boot code (440 bytes) and the core that follows it from sector 1 on. */
export async function makeBootCode(
  context: BuildContext,
  era: string,
): Promise<{ bootCode: Uint8Array; core: Uint8Array }> {
  const memdisk = path.join(context.temp, 'memdisk');
  const archive = path.join(context.temp, 'memdisk.tar');
  const image = path.join(context.temp, 'core.img');
  await mkdir(path.join(memdisk, 'boot'), { recursive: true });
  await writeFile(path.join(memdisk, 'boot/grub.cfg'), script(era));
  await context.run('tar', ['--create', '--file', archive, '--directory', memdisk, 'boot']);
  const early = path.join(context.temp, 'early.cfg');
  await writeFile(early, 'normal (memdisk)/boot/grub.cfg\n');
  await context.run('grub-mkimage', [
    ...[
      '--format',
      'i386-pc',
      '--prefix',
      '(memdisk)/boot',
      '--memdisk',
      archive,
      '--config',
      early,
      '--output',
      image,
    ],
    ...modules,
  ]);
  const boot = await readFile(path.join(folder, 'boot.img'));
  return { bootCode: boot.subarray(0, 440), core: await readFile(image) };
}
