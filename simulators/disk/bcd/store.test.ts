import { describe, expect, it } from 'vitest';
import { createHive, HiveFormatError } from '../regf';
import {
  aliasOfId,
  BcdFormatError,
  BcdObjectType,
  BcdStore,
  createInstalledStore,
  elementCode,
  elementName,
  idOfAlias,
  type PartitionDevice,
} from '.';

const system: PartitionDevice = {
  kind: 'partition',
  style: 'mbr',
  signature: 0x12345678,
  offsetBytes: 1 << 20,
};
const windows: PartitionDevice = { ...system, offsetBytes: 101 * (1 << 20) };
const ID = '{11111111-2222-3333-4444-555555555555}';

describe('a BCD store', () => {
  it('starts empty, as bcdedit /createstore leaves it', () => {
    const store = BcdStore.parse(BcdStore.create().serialize());
    expect(store.objects()).toEqual([]);
    expect(store.hive.root.name).toBe('NewStoreRoot');
    expect(store.hive.key('Description')?.getString('KeyName')).toBe('BCD00000001');
    expect(store.hive.properties.minorVersion).toBe(3);
  });

  it('keeps typed elements through writing and reading', () => {
    const store = BcdStore.create();
    const object = store.createObject(ID, BcdObjectType.osLoader);
    object.setString(0x12000004, 'Пример');
    object.setInteger(0x25000020, 1);
    object.setBoolean(0x26000022, true);
    object.setObject(0x23000003, '{ABCDEF01-2222-3333-4444-555555555555}');
    object.setObjects(0x14000006, [idOfAlias('{bootloadersettings}')!]);
    object.set(0x17000077, { kind: 'integerList', values: [0x15000075n, 2n] });
    object.setDevice(0x11000001, windows);
    const read = BcdStore.parse(store.serialize()).object(ID)!;
    expect(read.type).toBe(BcdObjectType.osLoader);
    expect(read.elements()).toEqual([
      { code: 0x11000001, value: { kind: 'device', device: windows } },
      { code: 0x12000004, value: { kind: 'string', text: 'Пример' } },
      { code: 0x14000006, value: { kind: 'objectList', ids: ['{6efb52bf-1766-41db-a6b3-0ee5eff72bd7}'] } },
      { code: 0x17000077, value: { kind: 'integerList', values: [0x15000075n, 2n] } },
      { code: 0x23000003, value: { kind: 'object', id: '{abcdef01-2222-3333-4444-555555555555}' } },
      { code: 0x25000020, value: { kind: 'integer', value: 1n } },
      { code: 0x26000022, value: { kind: 'boolean', value: true } },
    ]);
  });

  it('refuses a value of another kind than the element holds', () => {
    const object = BcdStore.create().createObject(ID, BcdObjectType.osLoader);
    expect(() => object.setString(0x11000001, 'C:')).toThrow(
      'BCD element 11000001 holds a value of kind device, not string',
    );
  });

  it('copies and deletes objects and elements', () => {
    const store = createInstalledStore({ systemPartition: system, windowsPartition: windows });
    const copy = store.copyObject('{default}', ID);
    expect(copy.elements()).toEqual(store.object('{default}')?.elements());
    expect(copy.delete(0x21000001)).toBe(true);
    expect(copy.delete(0x21000001)).toBe(false);
    expect(copy.getDevice(0x21000001)).toBeUndefined();
    expect(store.deleteObject(ID)).toBe(true);
    expect(store.deleteObject(ID)).toBe(false);
    expect(() => store.createObject('{memdiag}', 1)).toThrow('The store already has an object');
    expect(() => store.createObject('{nonsense}', 1)).toThrow('neither a GUID nor a known BCD identifier');
  });

  it('finds inherited elements and survives a ring of inheritance', () => {
    const store = createInstalledStore({ systemPartition: system, windowsPartition: windows });
    const loader = store.object('{default}')!;
    expect(store.effectiveElement(loader, 0x15000014)).toEqual({ kind: 'integer', value: 115_200n });
    store
      .object('{badmemory}')
      ?.setObjects(0x14000006, [loader.id, '{00000000-0000-0000-0000-000000000001}']);
    expect(store.effectiveElement(loader, 0x12000030)).toBeUndefined();
  });

  it('tells a file that is no hive from a hive that is no store', () => {
    expect(() => BcdStore.parse(new Uint8Array(10))).toThrow(HiveFormatError);
    expect(() => BcdStore.parse(createHive('SAM').serialize())).toThrow(BcdFormatError);
  });
});

describe('the store of an installed system', () => {
  const store = BcdStore.parse(
    createInstalledStore({
      systemPartition: system,
      windowsPartition: windows,
      locale: 'de-DE',
      description: 'Server',
      timeout: 5,
    }).serialize(),
  );

  it('starts its only loader from the Windows partition', () => {
    const bootManager = store.bootManager!;
    const loader = store.object('{default}')!;
    expect(bootManager.getDevice(0x11000001)).toEqual(system);
    expect(bootManager.getObjects(0x24000001)).toEqual([loader.id]);
    expect(bootManager.getInteger(0x25000004)).toBe(5n);
    expect(loader.getDevice(0x11000001)).toEqual(windows);
    expect(loader.getDevice(0x21000001)).toEqual(windows);
    expect(loader.getString(0x12000002)).toBe('\\Windows\\system32\\winload.exe');
    expect(loader.getString(0x12000005)).toBe('de-DE');
    expect(store.object(loader.getObject(0x23000003)!)?.type).toBe(BcdObjectType.resume);
  });

  it('holds every object that it refers to', () => {
    const ids = new Set(store.objects().map(({ id }) => id));
    const named = store.objects().flatMap((object) =>
      object.elements().flatMap(({ value }) => {
        if (value.kind === 'objectList') return value.ids;
        return value.kind === 'object' ? [value.id] : [];
      }),
    );
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    expect(store.objects()).toHaveLength(11);
  });
});

describe('names of elements', () => {
  it('depend on the object they stand in', () => {
    expect(elementName(BcdObjectType.osLoader, 0x21000001)).toBe('osdevice');
    expect(elementName(BcdObjectType.resume, 0x21000001)).toBe('filedevice');
    expect(elementName(BcdObjectType.bootManager, 0x25000004)).toBe('timeout');
    expect(elementName(BcdObjectType.inheritOsLoader, 0x250000f5)).toBe('hypervisorbaudrate');
    expect(elementName(BcdObjectType.deviceOptions, 0x31000003)).toBe('ramdisksdidevice');
    expect(elementName(BcdObjectType.legacyLoader, 0x22000001)).toBe('bpbstring');
    expect(elementName(BcdObjectType.startup, 0x26000001)).toBe('pxesoftreboot');
    expect(elementName(BcdObjectType.inheritAny, 0x25000004)).toBeUndefined();
    expect(elementName(BcdObjectType.osLoader, 0x46000010)).toBeUndefined();
  });

  it('give codes back, in any case, and take custom codes', () => {
    expect(elementCode(BcdObjectType.osLoader, 'OSDevice')).toBe(0x21000001);
    expect(elementCode(BcdObjectType.bootManager, 'osdevice')).toBeUndefined();
    expect(elementCode(BcdObjectType.bootManager, 'toString')).toBeUndefined();
    expect(elementCode(BcdObjectType.osLoader, 'custom:46000010')).toBe(0x46000010);
  });
});

describe('names of objects', () => {
  it('are aliases of fixed GUIDs', () => {
    expect(idOfAlias('{BootMgr}')).toBe('{9dea862c-5cdd-4e70-acc1-f32b344d4795}');
    expect(aliasOfId('9DEA862C-5CDD-4E70-ACC1-F32B344D4795')).toBe('{bootmgr}');
    expect(aliasOfId(idOfAlias('{legacy}')!)).toBe('{ntldr}');
    expect(idOfAlias('{nonsense}')).toBeUndefined();
    expect(aliasOfId(ID)).toBeUndefined();
  });
});
