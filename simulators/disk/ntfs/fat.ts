import { decodeLatin1, readU32 } from '../bytes';
import type { SectorReader } from '../mbr';
import { directoryEntries } from './directory-entries';
import { DELETED, FatAttribute, type FatLayout, folderRuns, parseFatLayout } from './fat-layout';
import type { VolumeIdentity } from './volume-identity';

/** Which FAT volume starts with this sector; undefined for any other sector. */
export function readFat(volume: SectorReader, sector: Uint8Array): VolumeIdentity | undefined {
  const layout = parseFatLayout(sector);
  if (!layout) return undefined;
  const signature = layout.bits === 32 ? 66 : 38;
  const hasSerial = sector[signature] === 0x28 || sector[signature] === 0x29;
  return {
    // Windows names the two alike.
    fileSystem: layout.bits === 32 ? 'FAT32' : 'FAT',
    label: readLabel(volume, layout),
    serial: hasSerial ? BigInt(readU32(sector, signature + 1)) : 0n,
  };
}

/**
 * The label in the root directory, which is the one that Windows shows; that in the boot sector it leaves behind.
 * Characters beyond ASCII depend on a code page; here they are Latin-1 (our choice).
 */
function readLabel(volume: SectorReader, layout: FatLayout): string {
  for (const { entry } of directoryEntries(volume, folderRuns(volume, layout, 0))) {
    const attributes = entry[11]! & 0x3f;
    if (entry[0] === DELETED || attributes === FatAttribute.longName) continue;
    if ((attributes & FatAttribute.label) !== 0 && (attributes & FatAttribute.folder) === 0)
      return decodeLatin1(entry, 0, 11).trimEnd();
  }
  return '';
}
