import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildMbr } from '../../../disk/mbr';
import { createSoftwareHive } from '../../../disk/sam';
import { customerSignature, MiB, RescueMachine } from './rescue-machine';

/** Boot code of a stand-in, as its own file holds it. */
export const standInCode = Uint8Array.from({ length: 440 }, (_, index) => (index * 7 + 1) & 0xff);

/** Where the volumes of `ntfsBoot` say that the copy of their boot sector stands. */
export const copySector = 100;

/**
 * Sixteen sectors of an NTFS volume with boot code that names a loader, its file table at cluster 4 and the mirror at 6.
 * `serial` tells volumes apart.
 */
export function ntfsBoot(serial: number, message: string): Uint8Array {
  const boot = new Uint8Array(16 * 512);
  boot.set([0xeb, 0x52, 0x90]);
  boot.set(Buffer.from('NTFS    '), 3);
  boot.set([0x00, 0x02, 0x08], 0x0b);
  boot.set([copySector], 0x28);
  boot.set([4], 0x30);
  boot.set([6], 0x38);
  boot.set([0xf6], 0x40);
  boot.set([0x01], 0x44);
  boot.fill(serial, 0x48, 0x50);
  boot.set(Buffer.from(message), 0x100);
  boot.set([0x55, 0xaa], 0x1fe);
  boot.fill(message.length, 0x200, 0x600);
  return boot;
}

/**
 * The customer's disk as a rescue system finds it: table and volumes are there, an installation is on E:, and its boot
 * code is gone from the disk and from D:, the active System Reserved volume.
 */
export async function startPatient(): Promise<RescueMachine> {
  const machine = await RescueMachine.start();
  const { host, folder } = machine;
  const partitions = [
    { number: 1, active: true, type: 7, startSector: 2048, sizeSectors: 204_800 },
    { number: 2, active: false, type: 7, startSector: 101 * 2048, sizeSectors: 409_600 },
  ];
  await host.writeDisk(1, [
    { offsetBytes: 0, bytes: buildMbr({ signature: customerSignature, partitions }) },
  ]);
  const damaged = ntfsBoot(1, '').fill(0, 0x54, 0x1fe).fill(0, 0x200);
  const copy = { offsetBytes: copySector * 512, bytes: damaged.slice(0, 512) };
  await host.writeVolume(1, [{ offsetBytes: 0, bytes: damaged }, copy]);
  await host.writeVolume(2, [{ offsetBytes: 0, bytes: ntfsBoot(2, 'BOOTMGR is missing') }]);
  const config = join(folder, 'e/Windows/System32/config');
  await mkdir(config, { recursive: true });
  await writeFile(join(config, 'SYSTEM'), 'a hive');
  await writeFile(join(config, 'SOFTWARE'), createSoftwareHive().serialize());
  const boot = join(folder, 'e/Windows/Boot');
  await mkdir(join(boot, 'PCAT/en-US'), { recursive: true });
  await mkdir(join(boot, 'Standin'), { recursive: true });
  await writeFile(join(boot, 'PCAT/bootmgr'), 'the boot manager');
  await writeFile(join(boot, 'PCAT/en-US/bootmgr.exe.mui'), 'its words');
  await writeFile(join(boot, 'Standin/mbr.bin'), standInCode);
  await cp(config, join(folder, 'c/Windows/System32/config'), { recursive: true });
  return machine;
}

/** The partitions of the customer's disk. */
export const place = (offsetMiB: number) =>
  ({
    kind: 'partition',
    style: 'mbr',
    signature: customerSignature,
    offsetBytes: offsetMiB * MiB,
  }) as const;
