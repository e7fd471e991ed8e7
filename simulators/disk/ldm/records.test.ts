import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecord } from './build-record';
import { buildLogPage, type LogPage, parseLogPage } from './klog';
import { parseRecord } from './parse-record';
import { buildPrivHead, type PrivHead, parsePrivHead } from './privhead';
import { type LdmRecord, OPTIONAL } from './records';
import { buildTocBlock, parseTocBlock, type TocBlock } from './tocblock';
import { joinFragments, layRecords } from './vblk';

const ascii = (maxLength: number) =>
  fc.string({
    maxLength,
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  });
const count = fc.maxSafeNat();
const u8 = fc.nat(0xff);
const u32 = fc.nat(0xffffffff);
const u64 = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn });
const guid = fc.uuid();
const header = { status: fc.nat(0xffff), id: count, name: ascii(255) };
const optional = <Value>(present: boolean, value: fc.Arbitrary<Value>) =>
  present ? value : fc.constant(undefined);

const volume = u8.chain((flags) =>
  fc.record({
    ...header,
    kind: fc.constant('volume' as const),
    flags: fc.constant(flags),
    revision: fc.constant(5),
    type: ascii(20),
    disabledDriveLetter: ascii(4),
    state: ascii(14),
    readPolicy: u8,
    volumeNumber: count,
    volumeFlags: u32,
    componentCount: count,
    transaction: u64,
    secondTransaction: u64,
    sizeSectors: count,
    reserved: u32,
    partitionType: u8,
    guid,
    firstOptional: optional((flags & OPTIONAL.volume.first) !== 0, ascii(9)),
    secondOptional: optional((flags & OPTIONAL.volume.second) !== 0, ascii(9)),
    columnSectors: optional((flags & OPTIONAL.volume.columnSize) !== 0, count),
    mountHint: optional((flags & OPTIONAL.volume.mountHint) !== 0, ascii(9)),
  }),
);
const component = u8.chain((flags) =>
  fc.record({
    ...header,
    kind: fc.constant('component' as const),
    flags: fc.constant(flags),
    revision: fc.constant(3),
    state: ascii(20),
    layout: u8,
    objectFlags: u32,
    extentCount: count,
    transaction: u64,
    secondTransaction: u64,
    volumeId: count,
    logId: count,
    stripeSectors: optional((flags & OPTIONAL.component.stripes) !== 0, count),
    columns: optional((flags & OPTIONAL.component.stripes) !== 0, count),
  }),
);
const extent = u8.chain((flags) =>
  fc.record({
    ...header,
    kind: fc.constant('extent' as const),
    flags: fc.constant(flags),
    revision: fc.constant(3),
    objectFlags: u32,
    transaction: u64,
    startSector: count,
    columnOffset: count,
    sizeSectors: count,
    componentId: count,
    diskId: count,
    column: optional((flags & OPTIONAL.extent.column) !== 0, count),
    hidden: optional((flags & OPTIONAL.extent.hidden) !== 0, count),
  }),
);
const rest = {
  ...header,
  flags: u8,
  revision: fc.constant(3),
  guid: ascii(60),
  objectFlags: u32,
  transaction: u64,
};
const disk = fc.record({ ...rest, kind: fc.constant('disk' as const), alternativeName: ascii(40) });
const diskGroup = fc.record({ ...rest, kind: fc.constant('disk group' as const) });
const record: fc.Arbitrary<LdmRecord> = fc.oneof(volume, component, extent, disk, diskGroup);

describe('what is written is read back', () => {
  it('records, in fragments', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), (records) => {
        const raw = records.map((each, index) => ({ group: index + 1, bytes: buildRecord(each) }));
        const area = layRecords(raw, 4, 4 + 12 * 8);
        expect(joinFragments(area, 128, 1024).map(parseRecord)).toEqual(records);
      }),
    );
  });

  it('PRIVHEADs', () => {
    const head: fc.Arbitrary<PrivHead> = fc.record({
      minorVersion: fc.constantFrom(11, 12),
      timestamp: u64,
      updateSequence: u64,
      primaryCopy: count,
      secondaryCopy: count,
      diskGuid: guid,
      hostGuid: guid,
      groupGuid: guid,
      groupName: ascii(31),
      flags: u32,
      publicStart: count,
      publicSize: count,
      privateStart: count,
      privateSize: count,
      tocSectors: fc.tuple(count, count),
      configSize: count,
      logSize: count,
      groupSignature: u32,
    });
    fc.assert(
      fc.property(head, (each) => {
        expect(parsePrivHead(buildPrivHead(each))).toEqual(each);
      }),
    );
  });

  it('TOCBLOCKs', () => {
    const toc: fc.Arbitrary<TocBlock> = fc.record({
      updateSequence: u64,
      config: fc.record({ name: fc.constant('config'), start: count, size: count }),
      log: fc.record({ name: fc.constant('log'), start: count, size: count }),
    });
    fc.assert(
      fc.property(toc, (each) => {
        expect(parseTocBlock(buildTocBlock(each))).toEqual(each);
      }),
    );
  });

  it('log pages', () => {
    const entry = fc.record({
      status: fc.integer({ min: 1, max: 255 }),
      committedTransaction: u64,
      pendingTransaction: u64,
      recoverySequence: u32,
    });
    const page: fc.Arbitrary<LogPage> = fc.record({
      transaction: u64,
      sequence: u32,
      pages: fc.integer({ min: 9, max: 0xffffffff }),
      index: fc.nat(8),
      entries: fc.array(entry, { maxLength: 20 }),
    });
    fc.assert(
      fc.property(page, (each) => {
        expect(parseLogPage(buildLogPage(each))).toEqual(each);
      }),
    );
    expect(() =>
      buildLogPage({ transaction: 0n, sequence: 0, pages: 1, index: 0, entries: Array(21).fill({}) }),
    ).toThrow('A log page holds 20 entries, not 21.');
  });
});
