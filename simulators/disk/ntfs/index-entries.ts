import { readU16, readU32, readU64 } from '../bytes';
import { damaged, SECTOR_BYTES } from '../mbr';
import { type FileName, type FileReference, readFileName, readReference } from './file-name';
import { type ProtectedKind, restoreUpdateSequence } from './update-sequence';

export const INDEX_ADVICE = 'The index of a folder is damaged; run chkdsk on the volume.';
const INDEX_BLOCK: ProtectedKind = { mark: 'INDX', name: 'an index block', advice: INDEX_ADVICE };
const LAST = 2;
/** NTFS of Windows and GRUB count records in 32 bits. */
const MOST_RECORDS = 0xffffffff;
/** Bytes before a key, and of the head that says where entries are. */
const ENTRY_HEAD = 0x10;
const LIST_HEAD = 0x10;
/** Where that head stands in an index block. */
const LIST_IN_BLOCK = 0x18;

export interface IndexEntry {
  readonly file: FileReference;
  readonly fileName: FileName;
}

/**
 * The files of a list of index entries, in their order. Throws a DiskFormatError for a list that does not fit.
 * @param at where the head stands that says where the entries are
 * @param offset where the bytes stand on the volume
 */
export function* indexEntries(bytes: Uint8Array, at: number, offset: number): Generator<IndexEntry> {
  const refuse = (place: number, reason: string) => damaged(offset + place, reason, INDEX_ADVICE);
  const size = at + LIST_HEAD <= bytes.length ? readU32(bytes, at + 4) : 0;
  const end = at + size;
  let entry = size < LIST_HEAD ? end : at + readU32(bytes, at);
  if (end > bytes.length || entry < at + LIST_HEAD)
    throw refuse(at, `the entries of an index have ${size} bytes, of ${bytes.length - at}`);
  for (;;) {
    const length = entry + ENTRY_HEAD <= end ? readU16(bytes, entry + 8) : 0;
    if (length < ENTRY_HEAD || length % 8 !== 0 || entry + length > end)
      throw refuse(entry, `an index entry at ${entry} has ${length} bytes, and the list ends at ${end}`);
    if ((readU16(bytes, entry + 0x0c) & LAST) !== 0) return;
    const key = bytes.subarray(entry + ENTRY_HEAD, entry + length);
    const fileName = readFileName(key);
    if (!fileName)
      throw refuse(entry, `an index entry at ${entry} has ${length} bytes, too few for its name`);
    const file = readReference(bytes, entry);
    if (file.number > MOST_RECORDS)
      throw refuse(entry, `an index entry at ${entry} leads to record ${file.number}, which no volume has`);
    yield { file, fileName };
    entry += length;
  }
}

/**
 * The files of an index block. Throws a DiskFormatError for one that is damaged, or was written half.
 * @param inIndex where the block lies in its index (bytes)
 * @param offset where it stands on the volume
 */
export function* blockEntries(
  stored: Uint8Array,
  inIndex: number,
  offset: number,
  bytesPerCluster: number,
): Generator<IndexEntry> {
  const block = restoreUpdateSequence(stored, offset, INDEX_BLOCK);
  // Blocks smaller than a cluster are counted in sectors.
  const unit = bytesPerCluster <= block.length ? bytesPerCluster : SECTOR_BYTES;
  const says = readU64(block, 0x10);
  if (says !== BigInt(inIndex / unit))
    throw damaged(
      offset + 0x10,
      `an index block says that it is number ${says}, and stands where ${inIndex / unit} belongs`,
      INDEX_ADVICE,
    );
  yield* indexEntries(block, LIST_IN_BLOCK, offset);
}
