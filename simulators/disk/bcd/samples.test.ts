import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes';
import { type BcdDevice, BcdStore, elementKind, encodeDevice } from '.';

const shared = process.env['RESCUE_LAB_SHARED'] ?? path.resolve(__dirname, '../../../../shared');
const folder = path.join(shared, 'samples/bcd');
const present = existsSync(folder);
const names = present ? readdirSync(folder).filter((name) => !name.endsWith('.txt')) : [];

function read(name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(folder, name)));
}

function deviceElements(store: BcdStore): { device: BcdDevice; raw: string }[] {
  return store.objects().flatMap((object) =>
    object.elements().flatMap(({ code, value }) => {
      if (value.kind !== 'device') return [];
      const key = `Objects\\${object.id}\\Elements\\${code.toString(16).padStart(8, '0')}`;
      return [{ device: value.device, raw: toHex(store.hive.key(key)!.getBinary('Element')!) }];
    }),
  );
}

describe.skipIf(!present)('stores made by Windows', () => {
  it.each(names)('understands every device element of %s and writes it back byte for byte', (name) => {
    const elements = deviceElements(BcdStore.parse(read(name)));
    expect(elements.filter(({ device }) => device.kind === 'unknown')).toEqual([]);
    for (const { device, raw } of elements) expect(toHex(encodeDevice(device))).toBe(raw);
  });

  it('knows the kind of all of them', () => {
    const kinds = new Map<string, number>();
    for (const name of names) {
      for (const { device } of deviceElements(BcdStore.parse(read(name)))) {
        const kind = device.kind === 'partition' ? `partition, ${device.style}` : device.kind;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
    }
    // The figures of the samples' README, and no `unknown`.
    expect(Object.fromEntries(kinds)).toEqual({
      boot: 5,
      locate: 2,
      'partition, gpt': 11,
      'partition, mbr': 2,
      ramdisk: 4,
    });
  });

  it('finds the number of device elements that an independent parser found', () => {
    for (const name of names) {
      const dump = path.join(folder, `${name}.dump.txt`);
      if (!existsSync(dump)) continue;
      const listed = readFileSync(dump, 'latin1').match(/ opts=\{/g)?.length ?? 0;
      expect(deviceElements(BcdStore.parse(read(name)))).toHaveLength(listed);
    }
  });

  it.each(names)('keeps every object and element of %s through writing and reading', (name) => {
    const before = BcdStore.parse(read(name));
    const after = BcdStore.parse(before.serialize());
    const content = (store: BcdStore) =>
      store.objects().map((object) => ({ id: object.id, type: object.type, elements: object.elements() }));
    expect(content(after)).toEqual(content(before));
  });

  it('reads the BIOS store of an installed system', () => {
    const store = BcdStore.parse(read('BCD.win10-bios-mbr.windeploy-linux'));
    const loader = store.object('{default}')!;
    expect(store.displayIdentifier(loader.id)).toBe('{default}');
    expect(loader.type).toBe(0x10200003);
    expect(loader.getDevice(0x11000001)).toEqual({ kind: 'boot' });
    expect(loader.getString(0x22000002)).toBe('\\windows');
    expect(store.bootManager?.getInteger(0x25000004)).toBe(30n);
    const inherited = store.effectiveElement(loader, 0x250000f5);
    expect(inherited).toEqual({ kind: 'integer', value: 115_200n });
  });

  it('reads integers that are shorter than eight bytes', () => {
    const store = BcdStore.parse(read('BCD.setup-media-uefi.ericzimmerman'));
    expect(store.bootManager?.getInteger(0x25000004)).toBe(30n);
    expect(store.object('{dbgsettings}')?.getInteger(0x15000014)).toBe(115_200n);
  });

  it('gives each element of the samples the kind that its registry type has', () => {
    const types = { string: 1, object: 1, objectList: 7 };
    for (const name of names) {
      const store = BcdStore.parse(read(name));
      for (const object of store.objects()) {
        for (const { code, value } of object.elements()) {
          const key = `Objects\\${object.id}\\Elements\\${code.toString(16).padStart(8, '0')}`;
          const type = store.hive.key(key)?.getValue('Element')?.type;
          expect(value.kind).toBe(elementKind(code));
          expect(type).toBe(value.kind in types ? types[value.kind as keyof typeof types] : 3);
        }
      }
    }
  });
});
