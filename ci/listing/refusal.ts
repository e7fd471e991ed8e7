import { hasAscii } from '../../simulators/disk/bytes';
import type { SectorReader } from '../../simulators/disk/mbr';

/** A file that holds nothing of what was asked for. The message is a whole sentence. */
export class Refusal extends Error {}

/** How image formats other than raw begin. */
const FORMATS: readonly (readonly [magic: string, name: string])[] = [
  ['QFI\xfb', 'a qcow2'],
  ['KDMV', 'a VMDK'],
  ['vhdxfile', 'a VHDX'],
  ['<<< Oracle VM VirtualBox', 'a VDI'],
];

/** Throws a Refusal for a disk image that is not raw: its sectors do not lie where they do on the disk. */
export function requireRaw(disk: SectorReader): void {
  const head = disk.read(0, Math.min(32, disk.sizeBytes));
  for (const [magic, name] of FORMATS) {
    if (!hasAscii(head, 0, magic)) continue;
    throw new Refusal(
      `This is ${name} image, and listings read raw ones. \`rescue-lab inspect\` and \`rescue-lab tool\` take it.`,
    );
  }
}
