import { decodeUtf16, hasAscii, readU32 } from '../bytes';
import { damaged, SECTOR_BYTES, type SectorReader } from '../mbr';
import { clusterRuns, directoryEntries } from './directory-entries';
import type { VolumeIdentity } from './volume-identity';

/** Type of the directory entry with the label, and the most characters of one. */
const LABEL_ENTRY = 0x83;
const LABEL_UNITS = 11;
const ADVICE = 'The boot sector is damaged; its copy stands in sector 12 of the volume.';

/**
 * Which exFAT volume starts with this sector (Microsoft, "exFAT file system specification", sections 3.1 and 7.3); undefined for
 * any other sector. Throws a DiskFormatError for sizes that the format does not have.
 */
export function readExfat(volume: SectorReader, sector: Uint8Array): VolumeIdentity | undefined {
  if (!hasAscii(sector, 3, 'EXFAT   ')) return undefined;
  const sectorShift = sector[0x6c]!;
  const clusterShift = sector[0x6d]!;
  if (sectorShift < 9 || sectorShift > 12 || clusterShift > 25 - sectorShift)
    throw damaged(
      0x6c,
      `the exFAT boot sector says 2^${sectorShift} bytes per sector and 2^${clusterShift} sectors per cluster`,
      ADVICE,
    );
  const bytesPerSector = 1 << sectorShift;
  const runs = clusterRuns(volume, readU32(sector, 0x60), {
    tableOffset: readU32(sector, 0x50) * bytesPerSector,
    heapOffset: readU32(sector, 0x58) * bytesPerSector,
    bytesPerCluster: Math.max(SECTOR_BYTES, bytesPerSector << clusterShift),
    clusterCount: readU32(sector, 0x5c),
    bits: 32,
    mask: 0xffffffff,
  });
  let label = '';
  for (const { entry } of directoryEntries(volume, runs)) {
    if (entry[0] !== LABEL_ENTRY) continue;
    label = decodeUtf16(entry, 2, Math.min(entry[1]!, LABEL_UNITS) * 2);
    break;
  }
  return { fileSystem: 'exFAT', label, serial: BigInt(readU32(sector, 0x64)) };
}
