import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInstalledStore } from '../../simulators/disk/bcd';
import { createDiskGroup } from '../../simulators/disk/ldm';
import { createHive, fileTimeFromUnix } from '../../simulators/disk/regf';
import { createSam } from '../../simulators/disk/sam';

const shared = process.env['RESCUE_LAB_SHARED'] ?? path.resolve(__dirname, '../../../shared');
const samples = path.join(shared, 'samples');
const noon = fileTimeFromUnix(Date.UTC(2026, 0, 1, 12));

/** Keys of the small synthetic hive; a hive of services has about as many for each of its megabytes. */
export const SERVICES = 5000;

/** Files to read, made in one folder. What a real Windows wrote comes from the samples where they are at hand. */
export class Inputs {
  constructor(private readonly folder: string) {}

  /** The SYSTEM hive of a Windows 7, 11 MB; undefined without the samples. */
  realHive(): string | undefined {
    const packed = path.join(samples, 'hives/SYSTEM.xz');
    if (!existsSync(packed)) return undefined;
    return this.write('SYSTEM', execFileSync('xz', ['-dc', packed], { maxBuffer: 1 << 28 }));
  }

  /** A hive of so many services with the values, the texts and the binary data that services have. */
  servicesHive(services: number): string {
    const hive = createHive('CMI-CreateHive', { clock: () => noon });
    for (let index = 0; index < services; index += 1) {
      const key = hive.createKey(`ControlSet001\\services\\Service${index}`);
      key.setDword('Type', 0x10);
      key.setDword('Start', index % 5);
      key.setDword('ErrorControl', 1);
      key.setExpandString('ImagePath', `\\SystemRoot\\System32\\drivers\\service${index}.sys -k netsvcs`);
      key.setString('DisplayName', `@%SystemRoot%\\system32\\service${index}.dll,-${index}`);
      key.setStrings('DependOnService', ['RpcSs', `Service${index - 1}`]);
      const security = key.createKey('Security');
      security.setBinary('Security', new Uint8Array(168).fill(index));
      const parameters = key.createKey('Parameters');
      parameters.setString('ServiceDll', `%SystemRoot%\\system32\\service${index}.dll`);
      parameters.setBinary('Cache', new Uint8Array(1200).fill(index));
    }
    return this.write(`services-${services}`, hive.serialize());
  }

  bootStore(): string {
    const partition = (partitionGuid: string) =>
      ({
        kind: 'partition',
        style: 'gpt',
        diskGuid: '376e5397-7d1f-4e4f-a668-5a62c1269e60',
        partitionGuid,
      }) as const;
    const store = createInstalledStore({
      systemPartition: partition('24e0e103-9bc2-477e-a5e2-3e42d2bb134f'),
      windowsPartition: partition('24e0e104-9bc2-477e-a5e2-3e42d2bb134f'),
      firmware: 'UEFI',
    });
    return this.write('BCD', store.serialize());
  }

  /** A SAM with so many accounts beside the built-in ones. */
  accounts(count: number): string {
    const accounts = Array.from({ length: count }, (_, index) => ({
      name: `user${index}`,
      password: `Secret-${index}`,
      administrator: index % 10 === 0,
    }));
    const bootKey = Uint8Array.from({ length: 16 }, (_, index) => index);
    const random = (length: number) => new Uint8Array(length).fill(0x5a);
    return this.write(
      `SAM-${count}`,
      createSam({ bootKey, random, accounts, clock: () => noon }).serialize(),
    );
  }

  mbrDisk(): string {
    const script =
      'label: dos\nstart=2048,size=204800,type=7,bootable\nstart=206848,size=614400,type=5\nstart=208896,size=102400,type=7\nstart=313344,size=102400,type=7\n';
    return this.partitioned('mbr.img', script);
  }

  gptDisk(): string {
    const lines = Array.from(
      { length: 24 },
      (_, index) => `size=8192,type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7,name="Data ${index}"`,
    );
    return this.partitioned('gpt.img', `label: gpt\n${lines.join('\n')}\n`);
  }

  ntfsVolume(): string {
    const file = this.sparse('ntfs.img', 256 << 20);
    execFileSync('mkntfs', ['--quick', '--force', '--quiet', '--label', 'Windows', file], {
      stdio: 'ignore',
    });
    return file;
  }

  /** The nine disks of the samples, made by Windows Server 2008 R2; without them, nine disks of our own. */
  dynamicDisks(): string[] {
    const packed = path.join(samples, 'ldm/ldm-2008r2.tar.xz');
    if (!existsSync(packed)) return this.ownDynamicDisks();
    execFileSync('tar', ['xSf', packed, '-C', this.folder]);
    const isDisk = (name: string) => /^ldm-.*\.img$/.test(name);
    return readdirSync(this.folder)
      .filter(isDisk)
      .sort()
      .map((name) => path.join(this.folder, name));
  }

  private ownDynamicDisks(): string[] {
    const sizeSectors = 102_400;
    let guids = 0;
    const disks = Array.from({ length: 9 }, (_, index) => ({ sizeSectors, signature: 0x1000 + index }));
    const { patches } = createDiskGroup({
      groupName: 'BENCH-Dg0',
      disks,
      volumes: [
        { name: 'Volume1', layout: 'mirror', sizeSectors: 40_960, disks: [0, 1] },
        { name: 'Volume2', layout: 'raid5', sizeSectors: 256 * 100, disks: [2, 3, 4] },
        { name: 'Volume3', layout: 'spanned', sizeSectors: 110_000, disks: [5, 6] },
        { name: 'Volume4', layout: 'striped', sizeSectors: 256 * 100, disks: [7, 8] },
      ],
      now: new Date('2026-01-01T12:00:00Z'),
      newGuid: () => `0649${String(++guids).padStart(4, '0')}-fbfd-11e1-8cf9-52540061f5db`,
    });
    return patches.map((diskPatches, index) => {
      const bytes = new Uint8Array(sizeSectors * 512);
      for (const { offsetBytes, bytes: patch } of diskPatches) bytes.set(patch, offsetBytes);
      return this.write(`ldm-${index}.img`, bytes);
    });
  }

  private partitioned(name: string, script: string): string {
    const file = this.sparse(name, 512 << 20);
    execFileSync('sfdisk', ['--quiet', file], { input: script });
    return file;
  }

  private sparse(name: string, size: number): string {
    const file = this.write(name, new Uint8Array(0));
    truncateSync(file, size);
    return file;
  }

  private write(name: string, bytes: Uint8Array): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, bytes);
    return file;
  }
}
