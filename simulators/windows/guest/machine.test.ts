import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSoftwareHive, createSystemHive } from '../../disk/sam';
import { readGuestConfig } from './config';
import { configDriveSession, findConfigDrive } from './config-drive';
import { findDisks } from './find-disks';
import { parseRoutes } from './network-adapters';
import { parseSessionDocument } from './session-document';
import { readSystemFacts } from './system-facts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'machine-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

describe('the settings', () => {
  it('have defaults, the role from the kernel command line, and nulls for what is left out', () => {
    expect(readGuestConfig(undefined, 'console=ttyS0 standin.role=rescue\n')).toMatchObject({
      role: 'rescue',
      provisioning: 'auto',
      shellSocket: '/run/standin/shell.sock',
    });
    const given = readGuestConfig('{"hostName":"WEB01","servers":false,"screen":false}', 'quiet');
    expect(given).toMatchObject({
      role: 'installed',
      hostName: 'WEB01',
      servers: false,
      screen: false,
    });
  });

  it.each([
    ['{"colour":"blue"}', 'The guest setting "colour" is unknown; known are role, controlSet'],
    ['{"provisioning":"dns"}', 'The guest setting "provisioning" cannot be "dns".'],
    ['{"disks":[]}', 'The guest setting "disks" cannot be [].'],
    ['[]', 'The guest settings are no JSON object.'],
  ])('refuse %s', (json, message) => {
    expect(() => readGuestConfig(json, '')).toThrow(message);
  });
});

describe('the system facts', () => {
  const putHives = async (currentVersion: string, currentBuild: string, sanPolicy: number) => {
    const folder = 'Windows/System32/config';
    const bootKey = new Uint8Array(16);
    await put(
      `${folder}/SYSTEM`,
      createSystemHive({ computerName: 'web01', bootKey, sanPolicy }).serialize(),
    );
    await put(`${folder}/SOFTWARE`, createSoftwareHive({ currentVersion, currentBuild }).serialize());
  };

  it('come from the registry: name, version, SAN policy', async () => {
    await putHives('6.1', '7601', 2);
    expect(await readSystemFacts(root)).toEqual({
      hostName: 'WEB01',
      version: '6.1.7601',
      sanPolicy: 'OfflineShared',
    });
    await putHives('6.3', '20348', 1);
    expect(await readSystemFacts(root)).toEqual({
      hostName: 'WEB01',
      version: '10.0.20348',
      sanPolicy: 'OnlineAll',
    });
  });

  it('say which hive is missing', async () => {
    await expect(readSystemFacts(root)).rejects.toThrow(
      "The running system's SYSTEM hive cannot be read from",
    );
  });
});

describe('the disks', () => {
  beforeEach(async () => {
    for (const [name, size, serial] of [
      ['sr0', '100', ''],
      ['vda', '2048', 'rescue-system'],
      ['vdb', '4096', 'customer-1'],
      ['vdc', '8', 'standin-base'],
      ['vdd', '8', 'standin-layer'],
      ['vde', '0', ''],
      ['vdf', '4096', ''],
      ['loop0', '8', ''],
    ] as const) {
      await put(`sys/block/${name}/size`, `${size}\n`);
      await put(`sys/block/${name}/serial`, `${serial}\n`);
    }
    await put('sys/block/vda/vda1/start', '2048\n');
    await mkdir(join(root, 'sys/class/block'), { recursive: true });
    await symlink('../../block/vda/vda1', join(root, 'sys/class/block/vda1'));
    await put('proc/mounts', 'proc /proc proc rw 0 0\n/dev/vda1 /win/C fuseblk rw 0 0\n');
  });

  it('begin with the one that holds the system drive; layers, CDs and loops are left out', async () => {
    expect(await findDisks('/win/C', root)).toEqual({
      disks: ['/dev/vda', '/dev/vdb', '/dev/vdf'],
      systemOffsetBytes: 2 ** 20,
    });
  });

  it('cannot be told without a system drive', async () => {
    await expect(findDisks('/win/X', root)).rejects.toThrow('No device is mounted at /win/X');
  });
});

describe('a config drive', () => {
  beforeEach(async () => {
    for (const name of ['sr0', 'sr1', 'vda', 'vdb'])
      await mkdir(join(root, 'sys', name), { recursive: true });
    await put('dev/vda', new Uint8Array(512));
    await put('dev/sr0', new Uint8Array(0));
  });

  it('is found by its label, on ISO 9660 and FAT alike', async () => {
    expect(await findConfigDrive(join(root, 'sys'), join(root, 'dev'))).toBeUndefined();
    const fat = Buffer.alloc(512);
    fat.write('CONFIG-2   ', 0x2b, 'latin1');
    await put('dev/vdb', fat);
    expect(await findConfigDrive(join(root, 'sys'), join(root, 'dev'))).toBe(join(root, 'dev/vdb'));
    const iso = Buffer.alloc(0x8800, ' ');
    iso.write('config-2', 0x8028, 'latin1');
    await put('dev/sr0', iso);
    expect(await findConfigDrive(join(root, 'sys'), join(root, 'dev'))).toBe(join(root, 'dev/sr0'));
  });

  it('gives the name and password of meta_data.json, and is unmounted again', async () => {
    const ran: string[] = [];
    const mountPoint = join(root, 'drive');
    const metaData = {
      hostname: 'web01.novalocal',
      admin_pass: 'S3cret',
      random_seed: 'c2VlZA==',
      uuid: 'x',
    };
    const source = configDriveSession({
      device: '/dev/sr0',
      mountPoint,
      run: async (command, args) => {
        ran.push([command, ...args].join(' '));
        if (command === 'mount') await put('drive/openstack/latest/meta_data.json', JSON.stringify(metaData));
        return '';
      },
      askService: async () => {
        ran.push('the metadata service');
        return new Date('2026-03-01T12:00:00Z');
      },
    });
    expect(await source.next(new AbortController().signal, async () => {})).toEqual({
      hostName: 'web01',
      instance: 'x',
      user: '',
      password: 'S3cret',
      time: new Date('2026-03-01T12:00:00Z'),
      entropy: Buffer.from('seed'),
    });
    expect(ran).toEqual([
      'the metadata service',
      `mount -o ro /dev/sr0 ${mountPoint}`,
      `umount ${mountPoint}`,
    ]);
  });
});

describe('small readers', () => {
  it('of the session document refuse a time that is none', () => {
    expect(() => parseSessionDocument('{"time":"soon"}')).toThrow('"soon" is no date');
    expect(() => parseSessionDocument('7')).toThrow('no JSON object');
  });

  it('of the routes find the default gateway', () => {
    const text = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask',
      'eth0\t0002000A\t00000000\t0001\t0\t0\t0\t00FFFFFF',
      'eth0\t00000000\t0202000A\t0003\t0\t0\t0\t00000000',
    ].join('\n');
    expect([...parseRoutes(text)]).toEqual([['eth0', '10.0.2.2']]);
  });
});
