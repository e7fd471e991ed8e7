import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { linuxParameters } from './linux';
import type { BuildContext } from './recipe';

/** Ends a failed start: the words, and waiting for Ctrl+Alt+Del, which the firmware answers. Esc ends a sleep only. */
const failure = (...lines: readonly string[]): string =>
  [...lines.map((line) => `  echo "${line}"`), '  while true; do sleep --interruptible 86400; done'].join(
    '\n',
  );

const restart = 'Press Ctrl+Alt+Del to restart';

/** Starts a kernel with the boot manager as initial RAM disk, which is told the volume that it came from. */
const start = (kernel: string, manager: string, firmware: string): string =>
  `  if linux ${kernel} ${linuxParameters} standin.boot=$origin standin.firmware=${firmware}; then
    if initrd ${manager}; then boot; fi
  fi`;

/**
 * What the boot code of a BIOS disk starts. `cmdpath` is the volume whose boot sector ran, `(hd0,1)`; a third number says
 * that it is of NTLDR's kind (volume-boot-code.S). Texts of Windows' boot sectors and of NTLDR, from general knowledge.
 */
const biosScript = `serial --unit=0 --speed=115200
terminal_output console serial
regexp --set=1:drive --set=2:number --set=3:old '^\\((hd[0-9]+),([0-9]+),?([0-9]*)\\)' "$cmdpath"
set root="$drive,msdos$number"
probe --set=origin --fs-uuid ($root)
if [ -z "$old" ]; then
  if [ -f /bootmgr ]; then
${start('/Boot/linux', '/bootmgr', 'BIOS')}
${failure('BOOTMGR image is corrupt.  The system cannot boot.')}
  fi
${failure('BOOTMGR is missing', restart)}
fi
if [ -f /ntldr ]; then
${start('/NTDETECT.COM', '/ntldr', 'BIOS')}
${failure('NTDETECT failed')}
fi
${failure('NTLDR is missing', restart)}
`;

/**
 * What stands in for bootmgfw.efi, as \\EFI\\Boot\\bootx64.efi too: one file with kernel and boot manager inside, since GRUB
 * takes 8 s under TCG to read them from FAT, cluster by cluster. The small mode gives the text screen nearly the size of a
 * BIOS one. Firmware shows what goes to the console on the serial line as well.
 */
const uefiScript = `regexp --set=1:device '^\\(([^)]+)\\)' "$cmdpath"
probe --set=origin --fs-uuid ($device)
set gfxmode=640x480
set gfxpayload=keep
${start('(memdisk)/linux', '(memdisk)/bootmgr', 'UEFI')}
${failure('BOOTMGR image is corrupt.  The system cannot boot.', restart)}
`;

const common = [
  ...['normal', 'memdisk', 'tar', 'linux', 'echo', 'boot', 'test', 'true', 'probe', 'sleep', 'regexp'],
];
const modules = {
  'i386-pc': [...common, 'biosdisk', 'part_msdos', 'ntfs', 'serial', 'terminal'],
  'x86_64-efi': [...common, 'part_gpt', 'fat', 'efi_gop'],
} as const;

async function makeImage(
  context: BuildContext,
  format: keyof typeof modules,
  script: string,
  image: string,
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  const memdisk = path.join(context.temp, format);
  const archive = path.join(context.temp, `${format}.tar`);
  await mkdir(path.join(memdisk, 'boot'), { recursive: true });
  await writeFile(path.join(memdisk, 'boot/grub.cfg'), script);
  for (const [name, file] of Object.entries(files)) await cp(file, path.join(memdisk, name));
  await context.run('tar', ['--create', '--file', archive, '--directory', memdisk, '.']);
  const early = path.join(context.temp, `${format}.cfg`);
  await writeFile(early, 'normal (memdisk)/boot/grub.cfg\n');
  await context.run('grub-mkimage', [
    ...['--format', format, '--prefix', '(memdisk)/boot', '--memdisk', archive],
    ...['--config', early, '--output', image],
    ...modules[format],
  ]);
}

const SECTOR = 512;

/**
 * GRUB's core for the gap before the first partition. Its first sector, which would load the rest, is replaced by a mark
 * and the number of sectors behind it (u16): the volume's boot code loads them.
 */
export async function makeBiosCore(context: BuildContext): Promise<Uint8Array> {
  const image = path.join(context.temp, 'core.img');
  await makeImage(context, 'i386-pc', biosScript, image);
  const core = await readFile(image);
  const sectors = Math.ceil(core.length / SECTOR) - 1;
  const padded = Buffer.alloc((sectors + 1) * SECTOR);
  core.copy(padded, SECTOR, SECTOR);
  padded.write('RLab', 0, 'latin1');
  padded.writeUInt16LE(sectors, 4);
  return padded;
}

/** The program that UEFI firmware starts, with a kernel and the boot manager inside. */
export async function makeUefiProgram(
  context: BuildContext,
  files: { readonly linux: string; readonly bootmgr: string },
  program: string,
): Promise<void> {
  await makeImage(context, 'x86_64-efi', uefiScript, program, files);
}
