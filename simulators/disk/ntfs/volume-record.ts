import { decodeUtf16, readU16 } from '../bytes';
import { damaged, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { AttributeType, findAttribute } from './attributes';
import type { NtfsBootSector } from './boot-sector';
import { FILE_RECORD_ADVICE, isInUse, openFileRecord } from './file-record';

/** Number of $Volume in the master file table. It lies among the first records, which are never scattered. */
const VOLUME_RECORD = 3;
const FLAGS_FIELD = 10;
export const DIRTY = 0x0001;
const ADVICE = 'Run chkdsk on the volume.';

/** What stands in $Volume. */
export interface VolumeRecord {
  readonly label: string;
  readonly version: { readonly major: number; readonly minor: number };
  /** 0x0001 dirty, 0x0002 resize the log, 0x0004 upgrade at mount, 0x8000 changed by chkdsk. */
  readonly flags: number;
  /** Windows checks the volume at its next start. */
  readonly dirty: boolean;
  /** The record with the update sequence put back, and where its flags stand in it. */
  readonly record: Uint8Array;
  readonly flagsOffset: number;
}

/** Where $Volume stands on the volume: in the master file table, and in the mirror. */
export function volumeRecordOffsets(boot: NtfsBootSector): { table: number; mirror: number } {
  const inside = VOLUME_RECORD * boot.bytesPerFileRecord;
  return { table: boot.fileTableOffset + inside, mirror: boot.mirrorOffset + inside };
}

/** Reads the record of $Volume. Throws a DiskFormatError for one that is damaged or out of reach. */
export function readVolumeRecord(volume: SectorReader, boot: NtfsBootSector): VolumeRecord {
  const offset = volumeRecordOffsets(boot).table;
  const stored = readSectors(volume, offset / SECTOR_BYTES, boot.bytesPerFileRecord / SECTOR_BYTES);
  return parseVolumeRecord(stored, offset);
}

/** As readVolumeRecord, for the bytes of the record that stand at this offset. */
export function parseVolumeRecord(stored: Uint8Array, offset: number): VolumeRecord {
  const record = openFileRecord(stored, offset);
  if (!isInUse(record))
    throw damaged(offset + 0x16, 'the file record is marked as unused', FILE_RECORD_ADVICE);
  const information = findAttribute(record, AttributeType.volumeInformation, offset);
  if (!information || information.content.length < FLAGS_FIELD + 2)
    throw damaged(offset, 'the file record 3 has no $VOLUME_INFORMATION, so it is not $Volume', ADVICE);
  const name = findAttribute(record, AttributeType.volumeName, offset);
  const { content, contentOffset } = information;
  const flags = readU16(content, FLAGS_FIELD);
  return {
    label: name ? decodeUtf16(name.content) : '',
    version: { major: content[8]!, minor: content[9]! },
    flags,
    dirty: (flags & DIRTY) !== 0,
    record,
    flagsOffset: contentOffset + FLAGS_FIELD,
  };
}
