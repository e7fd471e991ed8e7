import { BlockWriter } from './block-writer';
import { type LdmRecord, RECORD_TYPES } from './records';

/** Builds the bytes of one record, header included. Revisions as Windows Server 2008 R2 writes them: 5 for volumes, 3 for the rest. */
export function buildRecord(record: LdmRecord): Uint8Array {
  const body = new BlockWriter().varNumber(record.id).text(record.name);
  writeFields(body, record);
  return new BlockWriter()
    .u16(record.status)
    .u8(record.flags)
    .u8((record.revision << 4) | RECORD_TYPES[record.kind])
    .u32(body.length)
    .raw(body.finish())
    .finish();
}

function writeFields(body: BlockWriter, record: LdmRecord): void {
  if (!isWritable(record))
    throw new Error(`A ${record.kind} record of revision ${record.revision} cannot be written.`);
  switch (record.kind) {
    case 'volume':
      body
        .text(record.type)
        .text(record.disabledDriveLetter)
        .fixedText(record.state, 14)
        .u8(record.readPolicy)
        .varNumber(record.volumeNumber)
        .u32(record.volumeFlags)
        .varNumber(record.componentCount)
        .u64(record.transaction)
        .u64(record.secondTransaction)
        .varNumber(record.sizeSectors)
        .u32(record.reserved)
        .u8(record.partitionType)
        .raw(guidBytes(record.guid));
      if (record.firstOptional !== undefined) body.text(record.firstOptional);
      if (record.secondOptional !== undefined) body.text(record.secondOptional);
      if (record.columnSectors !== undefined) body.varNumber(record.columnSectors);
      if (record.mountHint !== undefined) body.text(record.mountHint);
      return;
    case 'component':
      body
        .text(record.state)
        .u8(record.layout)
        .u32(record.objectFlags)
        .varNumber(record.extentCount)
        .u64(record.transaction)
        .u64(record.secondTransaction)
        .varNumber(record.volumeId);
      // An absent object is a number without bytes, as in the samples.
      if (record.logId === 0) body.u8(0);
      else body.varNumber(record.logId);
      if (record.stripeSectors !== undefined)
        body.varNumber(record.stripeSectors).varNumber(record.columns ?? 0);
      return;
    case 'extent':
      body
        .u32(record.objectFlags)
        .u64(record.transaction)
        .u64(record.startSector)
        .u64(record.columnOffset)
        .varNumber(record.sizeSectors)
        .varNumber(record.componentId)
        .varNumber(record.diskId);
      if (record.column !== undefined) body.varNumber(record.column);
      if (record.hidden === 0) body.u8(0);
      else if (record.hidden !== undefined) body.varNumber(record.hidden);
      return;
    case 'disk':
      body.text(record.guid).text(record.alternativeName).u32(record.objectFlags).u64(record.transaction);
      return;
    case 'disk group':
      body.text(record.guid).u32(record.objectFlags).u64(record.transaction);
  }
}

/** True where the record has the revision that `buildRecord` knows how to write. */
export function isWritable({ kind, revision }: LdmRecord): boolean {
  return revision === (kind === 'volume' ? 5 : 3);
}

function guidBytes(guid: string): Uint8Array {
  const hex = guid.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(hex))
    throw new Error(`"${guid}" is not a GUID of the form 8-4-4-4-12 hexadecimal digits.`);
  return Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}
