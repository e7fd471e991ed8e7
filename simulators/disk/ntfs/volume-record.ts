import { decodeUtf16, readU16 } from '../bytes';
import { damaged, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import type { NtfsBootSector } from './boot-sector';
import { findAttribute, openFileRecord } from './file-record';

/** Number of $Volume in the master file table. It lies among the first records, which are never scattered. */
const VOLUME_RECORD = 3;
const VOLUME_NAME = 0x60;
const VOLUME_INFORMATION = 0x70;
const FLAGS_FIELD = 10;
const ADVICE = 'Run chkdsk on the volume.';

/** What stands in $Volume. */
export interface VolumeRecord {
  readonly label: string;
  readonly version: { readonly major: number; readonly minor: number };
  /** 0x0001 dirty, 0x0002 resize the log, 0x0004 upgrade at mount, 0x8000 changed by chkdsk. */
  readonly flags: number;
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
  const record = openFileRecord(stored, offset);
  const information = findAttribute(record, VOLUME_INFORMATION, offset);
  if (!information || information.content.length < FLAGS_FIELD + 2)
    throw damaged(offset, 'the file record 3 has no $VOLUME_INFORMATION, so it is not $Volume', ADVICE);
  const name = findAttribute(record, VOLUME_NAME, offset);
  const { content, contentOffset } = information;
  return {
    label: name ? decodeUtf16(name.content) : '',
    version: { major: content[8]!, minor: content[9]! },
    flags: readU16(content, FLAGS_FIELD),
    record,
    flagsOffset: contentOffset + FLAGS_FIELD,
  };
}
