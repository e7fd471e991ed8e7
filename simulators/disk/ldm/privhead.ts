import { DiskFormatError, hasAscii } from '../bytes';
import { BlockReader } from './block-reader';
import { BlockWriter } from './block-writer';
import { hasValidChecksum, sealChecksum } from './checksum';

const MAGIC = 'PRIVHEAD';

/** The block that makes a disk dynamic. Sectors are 512 bytes; GUIDs are lower-case text without braces. */
export interface PrivHead {
  /** 11 on Windows XP and 2003, 12 since Vista. The major version is always 2. */
  readonly minorVersion: number;
  /** FILETIME of the last change. */
  readonly timestamp: bigint;
  readonly updateSequence: bigint;
  /** Places of the other copies, from the start of the private region. */
  readonly primaryCopy: number;
  readonly secondaryCopy: number;
  readonly diskGuid: string;
  readonly hostGuid: string;
  readonly groupGuid: string;
  readonly groupName: string;
  /** 1 shared, 2 no automatic import. */
  readonly flags: number;
  /** Absolute start and size of the region that holds the volumes. */
  readonly publicStart: number;
  readonly publicSize: number;
  /** Absolute start and size of the region that holds the database. */
  readonly privateStart: number;
  readonly privateSize: number;
  /** From the start of the private region. */
  readonly tocSectors: readonly [number, number];
  readonly configSize: number;
  readonly logSize: number;
  /** u32 at 0x163: one value for all MBR disks of a group, zero on GPT disks; not the MBR disk signature. */
  readonly groupSignature: number;
}

/** Parses a PRIVHEAD that stands at byte `offset` of its disk. Refuses a wrong magic, checksum or version. */
export function parsePrivHead(sector: Uint8Array, offset = 0): PrivHead {
  if (!hasAscii(sector, 0, MAGIC)) {
    throw new DiskFormatError(
      offset,
      'the sector does not start with PRIVHEAD',
      'The sector does not start with PRIVHEAD.',
    );
  }
  if (!hasValidChecksum(sector)) {
    throw new DiskFormatError(
      offset + 8,
      'the PRIVHEAD has a wrong checksum',
      'The PRIVHEAD has a wrong checksum: the sector was damaged.',
    );
  }
  const at = (position: number) => new BlockReader(sector, 'PRIVHEAD', offset, position);
  const major = at(0x0c).u16();
  const minorVersion = at(0x0e).u16();
  if (major !== 2 || (minorVersion !== 11 && minorVersion !== 12)) {
    throw new DiskFormatError(
      offset + 0x0c,
      `the PRIVHEAD has version ${major}.${minorVersion}`,
      `The PRIVHEAD has version ${major}.${minorVersion}; 2.11 and 2.12 are known.`,
    );
  }
  return {
    minorVersion,
    timestamp: at(0x10).u64(),
    updateSequence: at(0x18).u64(),
    primaryCopy: at(0x20).sectors(),
    secondaryCopy: at(0x28).sectors(),
    diskGuid: at(0x30).fixedText(64),
    hostGuid: at(0x70).fixedText(64),
    groupGuid: at(0xb0).fixedText(64),
    groupName: at(0xf0).fixedText(31),
    flags: at(0x113).u32(),
    publicStart: at(0x11b).sectors(),
    publicSize: at(0x123).sectors(),
    privateStart: at(0x12b).sectors(),
    privateSize: at(0x133).sectors(),
    tocSectors: [at(0x13b).sectors(), at(0x143).sectors()],
    configSize: at(0x153).sectors(),
    logSize: at(0x15b).sectors(),
    groupSignature: at(0x163).u32(),
  };
}

/** Builds the 512 bytes with a valid checksum. */
export function buildPrivHead(head: PrivHead): Uint8Array {
  const block = new BlockWriter()
    .fixedText(MAGIC, 8)
    .u32(0)
    .u16(2)
    .u16(head.minorVersion)
    .u64(head.timestamp)
    .u64(head.updateSequence)
    .u64(head.primaryCopy)
    .u64(head.secondaryCopy)
    .fixedText(head.diskGuid, 64)
    .fixedText(head.hostGuid, 64)
    .fixedText(head.groupGuid, 64)
    .fixedText(head.groupName, 31)
    .u32(512)
    .u32(head.flags)
    .u16(0)
    .u16(0)
    .u64(head.publicStart)
    .u64(head.publicSize)
    .u64(head.privateStart)
    .u64(head.privateSize)
    .u64(head.tocSectors[0])
    .u64(head.tocSectors[1])
    .u32(1)
    .u32(1)
    .u64(head.configSize)
    .u64(head.logSize)
    .u32(head.groupSignature);
  return sealChecksum(block.finish(512));
}

/** A copy of a PRIVHEAD with a new sequence and timestamp; all other bytes, also unknown ones, stay. */
export function touchPrivHead(sector: Uint8Array, updateSequence: bigint, timestamp: bigint): Uint8Array {
  const changed = sector.slice(0, 512);
  const view = new DataView(changed.buffer);
  view.setBigUint64(0x10, timestamp);
  view.setBigUint64(0x18, updateSequence);
  return sealChecksum(changed);
}

/** A copy of a PRIVHEAD that belongs to another disk group; all other bytes stay. */
export function regroupPrivHead(
  sector: Uint8Array,
  group: { readonly guid: string; readonly name: string; readonly signature: number },
): Uint8Array {
  const changed = sector.slice(0, 512);
  changed.set(new BlockWriter().fixedText(group.guid, 64).fixedText(group.name, 31).finish(), 0xb0);
  new DataView(changed.buffer).setUint32(0x163, group.signature);
  return sealChecksum(changed);
}
