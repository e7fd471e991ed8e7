import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes';
import { tryMutations } from '../testing/mutations';
import {
  type BcdDevice,
  BcdObjectType,
  BcdStore,
  decodeDevice,
  encodeDevice,
  LIBRARY_ELEMENTS,
  OS_LOADER_ELEMENTS,
} from '.';

const partition: BcdDevice = {
  kind: 'partition',
  style: 'mbr',
  signature: 0xddba6bbb,
  offsetBytes: 0x100000,
};
const gptPartition: BcdDevice = {
  kind: 'partition',
  style: 'gpt',
  diskGuid: '0b2394a9-095e-487d-8d48-719ecd4d78ca',
  partitionGuid: '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b',
};
const devices: readonly BcdDevice[] = [
  partition,
  gptPartition,
  { kind: 'boot' },
  { kind: 'locate', element: LIBRARY_ELEMENTS.path, path: '\\x' },
  {
    kind: 'ramdisk',
    parent: gptPartition,
    path: '\\boot.wim',
    imageBase: 0,
    imageSize: 0,
    imageOffset: 0,
    options: 'ae5534e0-a924-466c-b836-758539a3ee3a',
  },
  { kind: 'file', parent: partition, path: '\\x.img' },
  { kind: 'vhd', partition, parent: { kind: 'boot' }, path: '\\x.vhd' },
  { kind: 'locatedVhd', element: LIBRARY_ELEMENTS.path, parent: partition, path: '\\x.vhd' },
];

/** A store with an element of every kind. */
function smallStore(): Uint8Array {
  const store = BcdStore.create();
  const manager = store.createObject('{bootmgr}', BcdObjectType.bootManager);
  const loader = store.createObject('{1fd3f1a6-0f5c-11e6-8c7d-e5b3d9a1c402}', BcdObjectType.osLoader);
  manager.setObject(0x23000003, loader.id);
  manager.setObjects(0x24000001, [loader.id, manager.id]);
  manager.setInteger(0x25000004, 30);
  loader.setDevice(LIBRARY_ELEMENTS.device, partition);
  loader.setDevice(OS_LOADER_ELEMENTS.osdevice, gptPartition);
  loader.setString(LIBRARY_ELEMENTS.description, 'Windows');
  loader.setBoolean(OS_LOADER_ELEMENTS.bootlog, true);
  loader.set(LIBRARY_ELEMENTS.badmemorylist, { kind: 'integerList', values: [1n, 2n] });
  loader.set(0x18000001, { kind: 'binary', bytes: Uint8Array.of(1, 2, 3) });
  return store.serialize();
}

/** The base block's checksum: XOR of its first 127 words, at 0x1FC (formats.md 1.1). */
function sealBaseBlock(bytes: Uint8Array): void {
  if (bytes.length < 0x200) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let sum = 0;
  for (let at = 0; at < 0x1fc; at += 4) sum ^= view.getUint32(at, true);
  const checksum = sum >>> 0 === 0xffffffff ? 0xfffffffe : sum >>> 0 === 0 ? 1 : sum >>> 0;
  view.setUint32(0x1fc, checksum, true);
}

let count = 0;

/** All that bcdedit and the boot manager ask of a store; each eighth is written too. */
function readWhole(bytes: Uint8Array): void {
  const store = BcdStore.parse(bytes);
  for (const object of store.objects()) {
    store.displayIdentifier(object.id);
    store.effectiveElement(object, LIBRARY_ELEMENTS.description);
    for (const { code, value } of object.elements()) object.set(code, value);
  }
  count += 1;
  if (count % 8 === 0) store.serialize();
}

describe('damaged boot configuration data', () => {
  it('is read and written again, or refused, with where and why', () => {
    const { accepted, refused } = tryMutations([smallStore()], readWhole, { reseal: sealBaseBlock });
    expect(accepted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  }, 60_000);

  it('in a device element is understood or kept as it is, byte for byte', () => {
    const kinds = new Set<string>();
    const { refused } = tryMutations(devices.map(encodeDevice), (bytes) => {
      const device = decodeDevice(bytes);
      kinds.add(device.kind);
      if (toHex(encodeDevice(device)) !== toHex(bytes)) throw new Error('The element did not come back.');
    });
    expect(refused).toBe(0);
    expect([...kinds].sort()).toEqual([
      'boot',
      'file',
      'locate',
      'locatedVhd',
      'partition',
      'ramdisk',
      'unknown',
      'vhd',
    ]);
  });
});
