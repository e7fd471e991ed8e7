import { BlockReader } from './block-reader';
import {
  type ComponentRecord,
  type DiskGroupRecord,
  type DiskRecord,
  type ExtentRecord,
  type LdmRecord,
  OPTIONAL,
  type VolumeRecord,
} from './records';
import type { RawRecord } from './vblk';

type Header = Pick<LdmRecord, 'status' | 'flags' | 'revision' | 'id' | 'name'>;

/** Parses one record. Field order after libldm's and the kernel's reading of it, checked on the 2008 R2 samples. */
export function parseRecord(raw: RawRecord): LdmRecord {
  const reader = new BlockReader(raw.bytes, `LDM record ${raw.group}`, raw.offsetOf);
  const status = reader.u16();
  const flags = reader.u8();
  const kind = reader.u8();
  reader.skip(4);
  const header: Header = { status, flags, revision: kind >> 4, id: reader.varNumber(), name: reader.text() };
  switch (kind) {
    case 0x51:
      return parseVolume(reader, header);
    case 0x32:
      return parseComponent(reader, header);
    case 0x33:
      return parseExtent(reader, header);
    case 0x34:
    case 0x44:
      return parseDisk(reader, header);
    case 0x35:
    case 0x45:
      return parseDiskGroup(reader, header);
    default:
      throw reader.refusal(
        `a record of kind 0x${kind.toString(16)}`,
        3,
        `LDM record ${raw.group} has the kind 0x${kind.toString(16)}; 0x51, 0x32, 0x33, 0x34, 0x44, 0x35 and 0x45 are known. The database is damaged or newer than this reader.`,
      );
  }
}

function parseVolume(reader: BlockReader, header: Header): VolumeRecord {
  const has = (bit: number) => (header.flags & bit) !== 0;
  const type = reader.text();
  const disabledDriveLetter = reader.text();
  const state = reader.fixedText(14);
  const readPolicy = reader.u8();
  const volumeNumber = reader.varNumber();
  const volumeFlags = reader.u32();
  const componentCount = reader.varNumber();
  const transaction = reader.u64();
  const secondTransaction = reader.u64();
  const sizeSectors = reader.varNumber();
  const reserved = reader.u32();
  const partitionType = reader.u8();
  const guid = binaryGuid(reader);
  const { volume } = OPTIONAL;
  return {
    ...header,
    kind: 'volume',
    type,
    disabledDriveLetter,
    state,
    readPolicy,
    volumeNumber,
    volumeFlags,
    componentCount,
    transaction,
    secondTransaction,
    sizeSectors,
    reserved,
    partitionType,
    guid,
    firstOptional: has(volume.first) ? reader.text() : undefined,
    secondOptional: has(volume.second) ? reader.text() : undefined,
    columnSectors: has(volume.columnSize) ? reader.varNumber() : undefined,
    mountHint: has(volume.mountHint) ? reader.text() : undefined,
  };
}

function parseComponent(reader: BlockReader, header: Header): ComponentRecord {
  const state = reader.text();
  const layout = reader.u8();
  const objectFlags = reader.u32();
  const extentCount = reader.varNumber();
  const transaction = reader.u64();
  const secondTransaction = reader.u64();
  const volumeId = reader.varNumber();
  const logId = reader.varNumber();
  const striped = (header.flags & OPTIONAL.component.stripes) !== 0;
  return {
    ...header,
    kind: 'component',
    state,
    layout,
    objectFlags,
    extentCount,
    transaction,
    secondTransaction,
    volumeId,
    logId,
    stripeSectors: striped ? reader.varNumber() : undefined,
    columns: striped ? reader.varNumber() : undefined,
  };
}

function parseExtent(reader: BlockReader, header: Header): ExtentRecord {
  return {
    ...header,
    kind: 'extent',
    objectFlags: reader.u32(),
    transaction: reader.u64(),
    startSector: reader.sectors(),
    columnOffset: reader.sectors(),
    sizeSectors: reader.varNumber(),
    componentId: reader.varNumber(),
    diskId: reader.varNumber(),
    column: (header.flags & OPTIONAL.extent.column) !== 0 ? reader.varNumber() : undefined,
    hidden: (header.flags & OPTIONAL.extent.hidden) !== 0 ? reader.varNumber() : undefined,
  };
}

function parseDisk(reader: BlockReader, header: Header): DiskRecord {
  if (header.revision === 4) {
    const guid = binaryGuid(reader);
    reader.skip(16);
    // Flags and the transaction as in revision 3; no sample holds one.
    return { ...header, kind: 'disk', guid, alternativeName: '', ...readLast(reader) };
  }
  const guid = reader.text();
  const alternativeName = reader.text();
  return { ...header, kind: 'disk', guid, alternativeName, ...readLast(reader) };
}

function readLast(reader: BlockReader): { objectFlags: number; transaction: bigint } {
  return { objectFlags: reader.u32(), transaction: reader.u64() };
}

function parseDiskGroup(reader: BlockReader, header: Header): DiskGroupRecord {
  const guid = header.revision === 4 ? binaryGuid(reader) : reader.text();
  if (header.revision === 4) reader.skip(16);
  return { ...header, kind: 'disk group', guid, ...readLast(reader) };
}

/** GUIDs in volume records lie in the order of their text form. */
function binaryGuid(reader: BlockReader): string {
  const hex = [...reader.raw(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
