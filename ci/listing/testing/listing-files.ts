import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstalledStore } from '../../../simulators/disk/bcd';
import { createGpt, gptPatches } from '../../../simulators/disk/gpt';
import { createDiskGroup } from '../../../simulators/disk/ldm';
import { buildMbr } from '../../../simulators/disk/mbr';
import { createHive } from '../../../simulators/disk/regf';
import { createSam } from '../../../simulators/disk/sam';

/** A listing, and the bytes of the files that it reads. */
export interface ListingCase {
  readonly name: string;
  readonly files: readonly Uint8Array[];
}

const DISK_SECTORS = 8192;

/** One small input for each listing that needs no other program to be made. */
export function listingCases(): ListingCase[] {
  return [
    { name: 'hive', files: [hive()] },
    { name: 'store', files: [store()] },
    { name: 'accounts', files: [accounts()] },
    { name: 'table', files: [mbrDisk()] },
    { name: 'table', files: [gptDisk()] },
    { name: 'groups', files: mirroredDisks() },
  ];
}

/** Writes the files of a case into a folder and returns the words of the command. */
export function writeCase(folder: string, { name, files }: ListingCase): string[] {
  const paths = files.map((bytes, index) => {
    const path = join(folder, `${name}-${index}`);
    writeFileSync(path, bytes);
    return path;
  });
  return [name, ...paths];
}

function hive(): Uint8Array {
  const tree = createHive('ROOT', { clock: () => 5n });
  for (const path of ['b', 'A\\deep "quoted"', 'A\\Äpfel', 'Ω\\\u{1f600}\\half \ud800 pair']) {
    const key = tree.createKey(path);
    key.setString('Path', path);
    key.setDword('Length', path.length);
    key.setBinary(
      '',
      Uint8Array.from({ length: 300 }, (_, index) => index),
    );
  }
  tree.createKey('big').setBinary('data', new Uint8Array(40_000).fill(0x5a));
  return tree.serialize();
}

function store(): Uint8Array {
  const partition = (partitionGuid: string) =>
    ({
      kind: 'partition',
      style: 'gpt',
      diskGuid: '376e5397-7d1f-4e4f-a668-5a62c1269e60',
      partitionGuid,
    }) as const;
  return createInstalledStore({
    systemPartition: partition('24e0e103-9bc2-477e-a5e2-3e42d2bb134f'),
    windowsPartition: partition('24e0e104-9bc2-477e-a5e2-3e42d2bb134f'),
    firmware: 'UEFI',
  }).serialize();
}

function accounts(): Uint8Array {
  return createSam({
    bootKey: new Uint8Array(16).fill(7),
    random: (length) => new Uint8Array(length).fill(1),
    accounts: [
      { name: 'nadia', password: 'Secret-1', administrator: true },
      { name: 'Jürgen', password: '' },
    ],
  }).serialize();
}

function mbrDisk(): Uint8Array {
  const disk = new Uint8Array(DISK_SECTORS * 512);
  const partitions = [{ number: 1, active: true, type: 7, startSector: 2048, sizeSectors: 4096 }];
  disk.set(buildMbr({ signature: 0xa1b2c3d4, partitions }));
  return disk;
}

function gptDisk(): Uint8Array {
  const disk = new Uint8Array(DISK_SECTORS * 512);
  const partition = {
    number: 1,
    type: 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7',
    guid: '24e0e104-9bc2-477e-a5e2-3e42d2bb134f',
    startSector: 2048,
    sizeSectors: 4096,
    name: 'Basic data Ω',
    attributes: 1n << 60n,
  };
  const table = createGpt({
    diskSectors: DISK_SECTORS,
    newGuid: () => '376e5397-7d1f-4e4f-a668-5a62c1269e60',
  });
  for (const { offsetBytes, bytes } of gptPatches({ ...table, partitions: [partition] }, DISK_SECTORS))
    disk.set(bytes, offsetBytes);
  return disk;
}

function mirroredDisks(): Uint8Array[] {
  const sizeSectors = 20_480;
  let guids = 0;
  const { patches } = createDiskGroup({
    groupName: 'TEST-Dg0',
    disks: [
      { sizeSectors, signature: 1 },
      { sizeSectors, signature: 2 },
    ],
    volumes: [{ name: 'Volume1', layout: 'mirror', sizeSectors: 4096, disks: [0, 1] }],
    now: new Date('2026-01-01T12:00:00Z'),
    newGuid: () => `0649${String(++guids).padStart(4, '0')}-fbfd-11e1-8cf9-52540061f5db`,
  });
  return patches.map((diskPatches) => {
    const bytes = new Uint8Array(sizeSectors * 512);
    for (const { offsetBytes, bytes: patch } of diskPatches) bytes.set(patch, offsetBytes);
    return bytes;
  });
}
