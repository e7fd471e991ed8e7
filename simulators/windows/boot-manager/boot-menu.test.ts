import { beforeEach, describe, expect, it } from 'vitest';
import { type BcdStore, createInstalledStore, type PartitionDevice } from '../../disk/bcd';
import { readBootMenu } from '.';

const partition: PartitionDevice = { kind: 'partition', style: 'mbr', signature: 1, offsetBytes: 1 << 20 };
const OTHER = '{11111111-2222-3333-4444-555555555555}';
const NTLDR = '{466f5a88-0af2-4f76-9038-095b170dc21c}';
let store: BcdStore;
let own: string;

beforeEach(() => {
  store = createInstalledStore({ systemPartition: partition, windowsPartition: partition });
  own = store.defaultId!;
});

const manager = () => store.bootManager!;
const addOther = () => store.copyObject('{default}', OTHER).setString(0x12000004, 'Other');

describe('the boot menu', () => {
  it('is not shown for one entry', () => {
    expect(readBootMenu(store)).toEqual({
      entries: [{ id: own, description: 'Windows Server 2008 R2' }],
      tools: [{ id: '{b2721d73-1db4-4c62-bf78-c548a880142d}', description: 'Windows Memory Diagnostic' }],
      selected: 0,
      timeoutSeconds: 30,
      shown: false,
      once: false,
    });
  });

  it('is shown for several, in their display order, with the default selected', () => {
    addOther();
    manager().setObjects(0x24000001, [OTHER, own]);
    expect(readBootMenu(store)).toMatchObject({
      entries: [{ description: 'Other' }, { description: 'Windows Server 2008 R2' }],
      selected: 1,
      shown: true,
    });
  });

  it('is not shown without time to choose', () => {
    addOther();
    manager().setObjects(0x24000001, [own, OTHER]);
    manager().setInteger(0x25000004, 0);
    expect(readBootMenu(store)).toMatchObject({ timeoutSeconds: 0, shown: false, selected: 0 });
  });

  it('is shown for one entry where the store asks for it', () => {
    manager().setBoolean(0x26000020, true);
    expect(readBootMenu(store)).toMatchObject({ shown: true });
  });

  it('lists NTLDR, where the display order does', () => {
    store.createObject('{ntldr}', 0x10300006).setString(0x12000004, 'Earlier Version of Windows');
    manager().setObjects(0x24000001, [own, NTLDR]);
    expect(readBootMenu(store)?.entries[1]).toEqual({ id: NTLDR, description: 'Earlier Version of Windows' });
  });

  it('passes over a default that is not in the display order, and over ids that name nothing', () => {
    store.createObject('{ntldr}', 0x10300006);
    manager().setObject(0x23000003, NTLDR);
    manager().setObjects(0x24000001, [OTHER, own]);
    expect(readBootMenu(store)).toMatchObject({ entries: [{ id: own }], selected: 0, shown: false });
  });

  it('is the default alone where there is no display order', () => {
    manager().delete(0x24000001);
    expect(readBootMenu(store)).toMatchObject({ entries: [{ id: own }] });
  });

  it('gives way to the one-time boot sequence', () => {
    addOther();
    manager().setObjects(0x24000002, [OTHER]);
    expect(readBootMenu(store)).toMatchObject({ entries: [{ id: OTHER }], shown: false, once: true });
  });

  it('is none where nothing can be started', () => {
    store.deleteObject('{default}');
    expect(readBootMenu(store)).toBeUndefined();
    store.deleteObject('{bootmgr}');
    expect(readBootMenu(store)).toBeUndefined();
  });
});
