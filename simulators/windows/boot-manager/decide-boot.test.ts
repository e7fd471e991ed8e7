import { beforeEach, describe, expect, it } from 'vitest';
import { type BcdStore, createInstalledStore, type PartitionDevice } from '../../disk/bcd';
import { createHive, planHiveWrite } from '../../disk/regf';
import { afterSteps } from '../../disk/regf/testing/crashes';
import { type BootSituation, type DiskTable, decideBoot, renderFailureScreen } from '.';

const MIB = 1024 * 1024;
const disk: DiskTable = {
  style: 'mbr',
  signature: 0x1234abcd,
  partitions: [{ offsetBytes: MIB }, { offsetBytes: 101 * MIB }],
};
const system: PartitionDevice = {
  kind: 'partition',
  style: 'mbr',
  signature: 0x1234abcd,
  offsetBytes: MIB,
};
const windows: PartitionDevice = { ...system, offsetBytes: 101 * MIB };
const elsewhere: PartitionDevice = { ...windows, signature: 0x99999999 };

const gptPartition: PartitionDevice = {
  kind: 'partition',
  style: 'gpt',
  diskGuid: '00000000-0000-0000-0000-00000000000a',
  partitionGuid: '00000000-0000-0000-0000-00000000000b',
};

const WINLOAD = '\\Windows\\system32\\winload.exe';
let files: Set<string>;
let store: BcdStore;

beforeEach(() => {
  files = new Set(['0:0\\bootmgr', `0:1${WINLOAD}`, '0:1\\Windows\\system32\\config\\system']);
  store = createInstalledStore({ systemPartition: system, windowsPartition: windows });
});

function boot(change: Partial<BootSituation> = {}) {
  return decideBoot({
    storeBytes: store.serialize(),
    disks: [disk],
    bootDisk: 0,
    bootPartition: 0,
    fileExists: (place, path) => files.has(`${place.disk}:${place.partition}${path}`),
    era: 'windows-6.1',
    ...change,
  });
}

describe('a store that was being written when the power went', () => {
  it('is read with its log, as its last writer meant it', () => {
    const broken = createInstalledStore({ systemPartition: system, windowsPartition: elsewhere });
    const before = broken.serialize();
    const steps = planHiveWrite(before, store.hive);
    // The last step says that all is written, the one before writes it.
    const { hive, logs } = afterSteps({ hive: before, logs: [] }, steps.slice(0, -2));
    expect(boot({ storeBytes: hive })).toMatchObject({ kind: 'failure', status: 0xc000000e });
    expect(boot({ storeBytes: hive, storeLogs: logs })).toMatchObject({ kind: 'start' });
  });
});

describe('a boot that works', () => {
  it('starts the default entry from where its devices point', () => {
    expect(boot()).toEqual({
      kind: 'start',
      entry: store.defaultId,
      description: 'Windows Server 2008 R2',
      device: { disk: 0, partition: 1 },
      path: WINLOAD,
      osdevice: { disk: 0, partition: 1 },
      systemRoot: '\\Windows',
      loadOptions: '',
      once: false,
    });
  });

  it('does not look at the devices of {bootmgr} and {memdiag}', () => {
    store.bootManager?.setDevice(0x11000001, elsewhere);
    store.object('{memdiag}')?.setDevice(0x11000001, elsewhere);
    expect(boot()).toMatchObject({ kind: 'start', path: WINLOAD });
  });

  it('takes `boot` for the partition of the boot manager', () => {
    files.add(`0:0${WINLOAD}`);
    store.object('{default}')?.setDevice(0x11000001, { kind: 'boot' });
    expect(boot()).toMatchObject({
      kind: 'start',
      device: { disk: 0, partition: 0 },
      osdevice: { partition: 1 },
    });
  });

  it('locates a partition by the file it holds', () => {
    store.object('{default}')?.setDevice(0x11000001, { kind: 'locate', element: 0x12000002, path: '' });
    expect(boot()).toMatchObject({ kind: 'start', device: { disk: 0, partition: 1 } });
  });

  it('passes over a default entry that is no OS loader', () => {
    const loader = store.defaultId!;
    store.createObject('{ntldr}', 0x10300006);
    store.bootManager?.setObject(0x23000003, '{466f5a88-0af2-4f76-9038-095b170dc21c}');
    expect(boot()).toMatchObject({ kind: 'start', entry: loader });
  });

  it('follows the one-time boot sequence first', () => {
    const once = store.copyObject('{default}', '{11111111-2222-3333-4444-555555555555}');
    once.setString(0x12000030, '/SAFE');
    store.bootManager?.setObjects(0x24000002, [once.id]);
    expect(boot()).toMatchObject({ kind: 'start', entry: once.id, loadOptions: '/SAFE', once: true });
  });

  it('prefers the boot disk where another disk carries the same signature', () => {
    files.add('1:0\\bootmgr').add(`1:1${WINLOAD}`).add('1:1\\Windows\\system32\\config\\system');
    expect(boot({ disks: [disk, disk], bootDisk: 1 })).toMatchObject({
      kind: 'start',
      device: { disk: 1, partition: 1 },
      osdevice: { disk: 1, partition: 1 },
    });
  });
});

describe('a boot that fails', () => {
  it('says that there is no operating system where no partition is active', () => {
    expect(boot({ bootPartition: undefined })).toMatchObject({ screen: ['Missing operating system'] });
  });

  it('misses bootmgr', () => {
    files.delete('0:0\\bootmgr');
    const decision = boot();
    expect(decision).toMatchObject({
      kind: 'failure',
      status: undefined,
      screen: ['BOOTMGR is missing', 'Press Ctrl+Alt+Del to restart'],
    });
  });

  it.each([
    ['windows-6.1', 0xc000000f, 'An error occurred while attempting to read the boot configuration data.'],
    ['windows-6.2+', 0xc0000034, 'The Boot Configuration Data for your PC is missing or contains errors'],
  ] as const)('misses the store (%s)', (era, status, info) => {
    expect(boot({ storeBytes: undefined, era })).toMatchObject({ status, info, file: '\\Boot\\BCD' });
  });

  it('cannot read a store that is no hive, or another hive', () => {
    expect(boot({ storeBytes: new Uint8Array(5000) })).toMatchObject({ status: 0xc000014c });
    expect(boot({ storeBytes: createHive('SAM').serialize() })).toMatchObject({ status: 0xc000014c });
  });

  it('finds no entry for an operating system', () => {
    store.deleteObject('{default}');
    expect(boot()).toMatchObject({ status: 0xc0000098, file: '\\Boot\\BCD' });
  });

  it.each([
    ['an unknown signature', elsewhere],
    ['an offset where no partition starts', { ...windows, offsetBytes: 102 * MIB }],
    ['GUIDs, on an MBR disk', gptPartition],
  ])('cannot reach a loader device with %s', (_name, device) => {
    store.object('{default}')?.setDevice(0x11000001, device);
    const decision = boot();
    expect(decision).toMatchObject({ kind: 'failure', status: 0xc000000e });
    expect(decision).not.toHaveProperty('file');
  });

  it('misses winload on the device', () => {
    files.delete(`0:1${WINLOAD}`);
    expect(boot()).toMatchObject({ status: 0xc000000f, file: WINLOAD });
  });

  it.each([
    ['cannot be reached', elsewhere, 0xc000000e],
    ['is the wrong partition', system, 0xc000000f],
  ] as const)('misses the system hive where osdevice %s', (_name, device, status) => {
    store.object('{default}')?.setDevice(0x21000001, device);
    expect(boot()).toMatchObject({ status, file: '\\Windows\\system32\\config\\system' });
  });
});

describe('the screen of a failed boot', () => {
  const text = (change: Partial<BootSituation> = {}) => {
    store.object('{default}')?.setDevice(0x11000001, elsewhere);
    const decision = boot(change);
    if (decision.kind !== 'failure') throw new Error('the boot should have failed');
    return renderFailureScreen(decision);
  };

  it('shows what a real 2008 R2 shows for 0xc000000e', () => {
    const lines = text();
    expect(lines).toHaveLength(25);
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([80]));
    expect(lines[0]?.trim()).toBe('Windows Boot Manager');
    expect(lines.slice(2, 17).map((line) => line.trimEnd())).toEqual([
      'Windows failed to start. A recent hardware or software change might be the',
      'cause. To fix the problem:',
      '',
      '  1. Insert your Windows installation disc and restart your computer.',
      '  2. Choose your language settings, and then click "Next."',
      '  3. Click "Repair your computer."',
      '',
      'If you do not have this disc, contact your system administrator or computer',
      'manufacturer for assistance.',
      '',
      '    Status: 0xc000000e',
      '',
      '    Info: The boot selection failed because a required device is',
      '          inaccessible.',
      '',
    ]);
  });

  it('names the file above the status', () => {
    const lines = text({ storeBytes: undefined }).map((line) => line.trimEnd());
    expect(lines.slice(12, 15)).toEqual(['    File: \\Boot\\BCD', '', '    Status: 0xc000000f']);
  });

  it('has other words since Windows 8', () => {
    const lines = text({ era: 'windows-6.2+' }).map((line) => line.trimEnd());
    expect(lines[2]).toBe('Your PC needs to be repaired');
    expect(lines).toContain("A required device isn't connected or can't be accessed");
    expect(lines).toContain('    Error code: 0xc000000e');
  });

  it('is bare before the boot manager runs', () => {
    files.delete('0:0\\bootmgr');
    expect(
      text()
        .map((line) => line.trimEnd())
        .filter((line) => line !== ''),
    ).toEqual(['BOOTMGR is missing', 'Press Ctrl+Alt+Del to restart']);
  });
});
