import { mkdir, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildContext } from './recipe';

/**
 * Makes an NTFS volume in a file and copies a directory into it. mkntfs and ntfs-3g do the work; the mount lives in a
 * namespace of its own that ends with the command, so a killed build leaves no mount behind, and no root is needed
 * where user namespaces are allowed.
 * @param startSector where the volume will lie on its disk: the boot sector says so ("hidden sectors")
 */
export async function makeNtfsVolume(
  context: BuildContext,
  volume: { file: string; sizeBytes: number; startSector: number; label: string; content: string },
): Promise<void> {
  await writeFile(volume.file, '');
  await truncate(volume.file, volume.sizeBytes);
  await context.run('mkntfs', [
    '--quick',
    '--force',
    '--no-indexing',
    '--partition-start',
    String(volume.startSector),
    '--heads',
    '255',
    '--sectors-per-track',
    '63',
    '--sector-size',
    '512',
    '--label',
    volume.label,
    volume.file,
    String(volume.sizeBytes / 512),
  ]);
  const mountPoint = path.join(context.temp, `mount-${path.basename(volume.file)}`);
  await mkdir(mountPoint, { recursive: true });
  // Large files first, while there is room for each in one piece: the boot loader reads such a file without ntfs-3g.
  const large = 'cd "$3" && find . -type f -size +64M -exec cp --parents {} "$2" \\;';
  const script = `ntfs-3g -o big_writes "$1" "$2" && ${large} && cp -rn . "$2" && sync -f "$2" && umount "$2"`;
  // With ids of its own besides root's: ntfs-3g sets its groups, which a namespace of one user may not.
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-auto', '--map-root-user'];
  await context.run('unshare', [
    ...user,
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    'sh',
    '-c',
    script,
    'sh',
    volume.file,
    mountPoint,
    volume.content,
  ]);
}
