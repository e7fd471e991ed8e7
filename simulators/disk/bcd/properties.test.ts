import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes';
import { type BcdDevice, type BcdValue, decodeDevice, encodeDevice, type PartitionDevice } from '.';
import { decodeElement, elementKind, encodeElement } from './element-value';

const u32 = fc.nat({ max: 0xffffffff });
const guid = fc.uuid().map((text) => text.toLowerCase());
const text = fc.string({ unit: 'binary', maxLength: 60 }).map((any) => any.replaceAll('\0', ''));
const place = fc.maxSafeNat();

const partition: fc.Arbitrary<PartitionDevice> = fc.oneof(
  fc.record({
    kind: fc.constant('partition' as const),
    style: fc.constant('mbr' as const),
    signature: u32,
    offsetBytes: place,
  }),
  fc.record({
    kind: fc.constant('partition' as const),
    style: fc.constant('gpt' as const),
    diskGuid: guid,
    partitionGuid: guid,
  }),
);
const parent = fc.oneof(partition, fc.constant({ kind: 'boot' as const }));

const plain: fc.Arbitrary<Exclude<BcdDevice, { kind: 'unknown' }>> = fc.oneof(
  parent,
  fc.record({ kind: fc.constant('locate' as const), element: u32, path: text }),
  fc.record({
    kind: fc.constant('ramdisk' as const),
    parent,
    path: text,
    imageBase: place,
    imageSize: place,
    imageOffset: u32,
  }),
  fc.record({ kind: fc.constant('file' as const), parent, path: text }),
  fc.record({ kind: fc.constant('vhd' as const), partition, parent, path: text }),
  fc.record({ kind: fc.constant('locatedVhd' as const), element: u32, parent, path: text }),
);
const device = fc.oneof(
  plain,
  fc.tuple(plain, guid).map(([one, options]): BcdDevice => ({ ...one, options })),
);

const u64 = fc.bigInt({ min: 0n, max: 0xffffffffffffffffn });
const id = guid.map((one) => `{${one}}`);
const value: fc.Arbitrary<readonly [code: number, value: BcdValue]> = fc.oneof(
  device.map((one) => [0x11000001, { kind: 'device', device: one }] as const),
  text.map((one) => [0x12000004, { kind: 'string', text: one }] as const),
  id.map((one) => [0x23000003, { kind: 'object', id: one }] as const),
  fc.array(id).map((ids) => [0x24000001, { kind: 'objectList', ids }] as const),
  u64.map((one) => [0x25000004, { kind: 'integer', value: one }] as const),
  fc.boolean().map((one) => [0x26000010, { kind: 'boolean', value: one }] as const),
  fc.array(u64).map((values) => [0x1700000a, { kind: 'integerList', values }] as const),
  fc.uint8Array().map((bytes) => [0x18000001, { kind: 'binary', bytes: bytes.slice() }] as const),
);

describe('every device', () => {
  it('comes back from its bytes', () => {
    fc.assert(
      fc.property(device, (one) => {
        expect(decodeDevice(encodeDevice(one))).toEqual(one);
      }),
    );
  });

  it('keeps the bytes of any element, known or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toHex(encodeDevice(decodeDevice(bytes)))).toBe(toHex(bytes));
      }),
    );
  });

  it.each([0, 2, 3, 4, 7])('of the legacy type %i stays unknown, byte for byte', (type) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0x48, maxLength: 0x100 }), (bytes) => {
        const raw = bytes.slice();
        raw.set([type, 0, 0, 0], 0x10);
        // A block device that is neither RAM disk nor file.
        raw.set([0, 0, 0, 0], 0x20);
        expect(decodeDevice(raw)).toEqual({ kind: 'unknown', raw });
      }),
    );
  });
});

describe('every value', () => {
  it('comes back from its registry data, under the kind that its code asks for', () => {
    fc.assert(
      fc.property(value, ([code, one]) => {
        expect(elementKind(code)).toBe(one.kind);
        expect(decodeElement(code, encodeElement(code, one).data)).toEqual(one);
      }),
    );
  });

  it('is read from any data at all', () => {
    fc.assert(
      fc.property(u32, fc.uint8Array({ maxLength: 100 }), (code, data) => {
        expect(decodeElement(code, data).kind).toBe(elementKind(code));
      }),
    );
  });
});
