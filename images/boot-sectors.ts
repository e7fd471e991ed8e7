import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from './key';
import type { BuildContext } from './recipe';

/** Which loader a volume's boot code starts. */
export type BootSectorLoader = 'BOOTMGR' | 'NTLDR';

/**
 * Where the core begins in the gap before the first partition. On an MBR disk that is made dynamic, sector 6 is the group's
 * (PRIVHEAD).
 */
export const CORE_SECTOR = 16;

const bareCode = [
  ...['-m32', '-nostdlib', '-static', '-Wl,-Ttext=0', '-Wl,-e,0'],
  ...['-Wl,--build-id=none', '-Wl,--oformat=binary'],
];

async function assemble(context: BuildContext, source: string, ...options: string[]): Promise<Buffer> {
  const file = path.join(context.temp, `${source}.bin`);
  await context.run('gcc', [
    ...bareCode,
    ...options,
    '-o',
    file,
    path.join(projectRoot, 'images/files', source),
  ]);
  return readFile(file);
}

/** Boot code for a disk's first sector, 440 bytes at most. */
export function assembleDiskCode(context: BuildContext): Promise<Buffer> {
  return assemble(context, 'disk-boot-code.S');
}

/** A boot sector for an NTFS volume, whose bytes 3 to 0x53 the volume keeps for itself. */
export function assembleVolumeCode(context: BuildContext, loader: BootSectorLoader): Promise<Buffer> {
  const slice = loader === 'NTLDR' ? 0 : 0xff;
  return assemble(
    context,
    'volume-boot-code.S',
    `-DLOADER="${loader}"`,
    `-DSLICE=${slice}`,
    `-DCORE_SECTOR=${CORE_SECTOR}`,
  );
}
