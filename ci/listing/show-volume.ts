import type { SectorReader } from '../../simulators/disk/mbr';
import { readNtfs } from '../../simulators/disk/ntfs';
import type { ByteText } from './byte-text';

/** What an NTFS volume says of itself: the head of `ntfsinfo -m`. */
export function showVolume(disk: SectorReader, out: ByteText): void {
  const { boot, label, version, flags, backupBootSector } = readNtfs(disk);
  out.text(
    `Volume Name: ${label}\nVolume Flags: ${flags}\nVolume Version: ${version.major}.${version.minor}\n`,
  );
  for (const [name, value] of Object.entries(boot)) out.text(`${name}: ${value}\n`);
  out.text(`Backup boot sector: ${backupBootSector}\n`);
}
