import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { buildMbr } from '../../disk/mbr';
import { makeSmallMirror } from './small-mirror';

/** Images that a lab can be built of as long as no machine is switched on: disks that hold next to nothing. */
export async function makeSmallImages(folder: string) {
  const image = (name: string) => {
    const directory = path.join(folder, `${name}-0123456789abcdef0123`);
    mkdirSync(directory);
    return directory;
  };
  const images = {
    emulator: '/nowhere',
    kernel: image('kernel'),
    quickjs: image('quickjs'),
    bootCode: image('boot-code'),
    bootPrograms: image('boot-programs'),
    bootInitrd: image('boot-initrd'),
    userlandBase: image('userland-base'),
    standinLayer: image('standin-layer'),
    rescueCustomer: image('rescue-customer'),
    debianRescue: image('debian-rescue'),
    windowsRescueDisk: image('windows-rescue-disk'),
    windowsServer2008R2Disk: image('windows-server-2008-r2-disk'),
    mirroredData: image('mirrored-data'),
  };
  const raw = path.join(folder, 'disk.raw');
  const partition = { number: 1, active: true, type: 0x07, startSector: 2048, sizeSectors: 2048 };
  const mbr = buildMbr({ bootCode: new Uint8Array(0), signature: 0x42d9decd, partitions: [partition] });
  writeFileSync(raw, Buffer.concat([mbr, Buffer.alloc(2 * 1024 * 1024 - mbr.length)]));
  const disk = path.join(images.windowsServer2008R2Disk, 'disk.qcow2');
  await execa('qemu-img', ['convert', '-O', 'qcow2', raw, disk]);
  const volume = await makeSmallMirror(images.mirroredData);
  writeFileSync(path.join(images.mirroredData, 'volume.json'), JSON.stringify(volume));
  return images;
}
