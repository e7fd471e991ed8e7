import { readU32 } from '../bytes';
import { damaged, SECTOR_BYTES, type SectorReader } from '../mbr';
import { AttributeType } from './attributes';
import type { NtfsBootSector } from './boot-sector';
import { contentOf, type FileContent, ownAttribute, readPlaces } from './file-content';
import { blockEntries, INDEX_ADVICE, type IndexEntry, indexEntries } from './index-entries';
import type { FileRecord } from './read-file-record';

/** The index of a folder by names. */
const INDEX = '$I30';
/** Where the head of the entries stands in $INDEX_ROOT. */
const LIST_IN_ROOT = 0x10;
/** Most bytes of the map of blocks that are looked at: 256 MiB of index, some millions of names. */
const LARGEST_MAP = 8192;

/**
 * The files of a folder, in the order in which GRUB meets them: those of $INDEX_ROOT, then those of each block of
 * $INDEX_ALLOCATION that the index's $BITMAP says is in use. Undefined for a record that is no folder, or one whose
 * attributes `contentOf` or `ownAttribute` does not give. Throws a DiskFormatError for an index that is damaged, at once
 * or while it is read.
 */
export function folderEntries(
  volume: SectorReader,
  boot: NtfsBootSector,
  folder: FileRecord,
): Iterable<IndexEntry> | undefined {
  const attribute = folder.folder ? ownAttribute(folder, AttributeType.indexRoot, INDEX) : undefined;
  const root = attribute?.content;
  if (!root) return undefined;
  const offset = folder.offset + attribute.contentOffset;
  if (root.length < LIST_IN_ROOT || readU32(root, 0) !== AttributeType.fileName)
    throw damaged(offset, 'the index of a folder is not one of names', INDEX_ADVICE);
  if (readU32(root, 8) !== boot.bytesPerIndexRecord)
    throw damaged(
      offset + 8,
      `the blocks of an index are said to have ${readU32(root, 8)} bytes, those of the volume ${boot.bytesPerIndexRecord}`,
      INDEX_ADVICE,
    );
  const allocation = ownAttribute(folder, AttributeType.indexAllocation, INDEX);
  const inRoot = indexEntries(root, LIST_IN_ROOT, offset);
  if (!allocation) return inRoot;
  const blocks = contentOf(allocation, boot);
  const map = blocks && readMap(volume, boot, folder);
  return map && allEntries(volume, boot, inRoot, blocks, map);
}

function* allEntries(
  volume: SectorReader,
  { bytesPerCluster, bytesPerIndexRecord }: NtfsBootSector,
  inRoot: Iterable<IndexEntry>,
  blocks: FileContent,
  map: Uint8Array,
): Generator<IndexEntry> {
  yield* inRoot;
  for (let block = 0; block < map.length * 8; block += 1) {
    if (((map[block >>> 3]! >>> (block & 7)) & 1) === 0) continue;
    const inIndex = block * bytesPerIndexRecord;
    const { bytes, offset } = readPlaces(volume, blocks, inIndex, bytesPerIndexRecord);
    yield* blockEntries(bytes, inIndex, offset, bytesPerCluster);
  }
}

/** Which blocks of an index are in use, a bit for each. */
function readMap(volume: SectorReader, boot: NtfsBootSector, folder: FileRecord): Uint8Array | undefined {
  const bitmap = ownAttribute(folder, AttributeType.bitmap, INDEX);
  const content = bitmap && contentOf(bitmap, boot);
  if (!content || content.sizeBytes > LARGEST_MAP) return undefined;
  if (content.resident) return content.resident;
  const whole = Math.ceil(content.sizeBytes / SECTOR_BYTES) * SECTOR_BYTES;
  return readPlaces(volume, content, 0, whole).bytes.subarray(0, content.sizeBytes);
}
