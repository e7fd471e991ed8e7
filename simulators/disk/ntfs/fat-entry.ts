import { decodeLatin1, decodeUtf16, readU16 } from '../bytes';
import { readSectors, type SectorReader } from '../mbr';
import { directoryEntries } from './directory-entries';
import { DELETED, FatAttribute, type FatLayout, folderRuns, parseFatLayout } from './fat-layout';

/** The 32 bytes of a file or folder in the folder above it. */
export interface FatDirectoryEntry {
  /** On the volume (bytes). */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Where a long name's 13 units stand in an entry of it, and how many in each place. */
const LONG_NAME_PARTS = [
  [1, 5],
  [14, 6],
  [28, 2],
] as const;

/**
 * The directory entry of a file or folder, by the names on the way to it, long or short, blind to case; undefined where
 * there is none. Short names beyond ASCII depend on a code page and are not found. Source: Microsoft, "FAT: General
 * Overview of On-Disk Format", 1.03. Throws a DiskFormatError where a folder lies outside the volume.
 */
export function findFatEntry(volume: SectorReader, names: readonly string[]): FatDirectoryEntry | undefined {
  const layout = parseFatLayout(readSectors(volume, 0));
  if (!layout) return undefined;
  let found: FatDirectoryEntry | undefined;
  for (const name of names) {
    const folder = found ? firstCluster(found.bytes, layout) : 0;
    if (found && ((found.bytes[11]! & FatAttribute.folder) === 0 || folder === 0)) return undefined;
    found = findIn(volume, layout, folder, name.toLowerCase());
    if (!found) return undefined;
  }
  return found;
}

function findIn(
  volume: SectorReader,
  layout: FatLayout,
  folder: number,
  wanted: string,
): FatDirectoryEntry | undefined {
  let longName = '';
  for (const { offset, entry } of directoryEntries(volume, folderRuns(volume, layout, folder))) {
    if (entry[0] === DELETED) longName = '';
    else if ((entry[11]! & 0x3f) === FatAttribute.longName) longName = partOfName(entry) + longName;
    else {
      const isLabel = (entry[11]! & FatAttribute.label) !== 0;
      if (!isLabel && [longName, shortName(entry)].some((name) => name.toLowerCase() === wanted))
        return { offset, bytes: entry.slice() };
      longName = '';
    }
  }
  return undefined;
}

function partOfName(entry: Uint8Array): string {
  const text = LONG_NAME_PARTS.map(([start, units]) => decodeUtf16(entry, start, units * 2)).join('');
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function shortName(entry: Uint8Array): string {
  const extension = decodeLatin1(entry, 8, 3).trimEnd();
  return decodeLatin1(entry, 0, 8).trimEnd() + (extension === '' ? '' : `.${extension}`);
}

function firstCluster(entry: Uint8Array, { bits }: FatLayout): number {
  const low = readU16(entry, 26);
  return bits === 32 ? readU16(entry, 20) * 0x10000 + low : low;
}
