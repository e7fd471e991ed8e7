import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CreatedDiskGroup, createDiskGroup, type DiskGroupRequest } from '../ldm';
import { type MemoryDisk, memoryDisk } from './ldm-samples';

export const LDM_METADATA = '5808C8AA-7E8F-42E0-85D2-E1E90434CFB3';
const MSR = 'E3C9E316-0B5C-4DB8-817D-F92DF00215AE';
const LDM_DATA = 'AF9B60A0-1431-4F62-BC68-3311714A69AD';

/** Counting GUIDs that are the same in every run; `prefix` is 4 hex digits. */
export function countingGuids(prefix = '0649'): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}${String(count).padStart(4, '0')}-fbfd-11e1-8cf9-52540061f5db`;
  };
}

/** The partitions that Windows makes on a dynamic GPT disk; the reserved one is smaller than Windows', for small disks. */
export function gptRequest(sizeSectors: number) {
  return {
    style: 'gpt',
    sizeSectors,
    metadata: { startSector: 34, sizeSectors: 2048 },
    data: { startSector: 3106, sizeSectors: sizeSectors - 3106 - 34 },
  } as const;
}

/** Makes the disks of a request in memory; sfdisk writes the tables of GPT disks. */
export function createdDisks(request: DiskGroupRequest): {
  readonly created: CreatedDiskGroup;
  readonly disks: MemoryDisk[];
} {
  const created = createDiskGroup(request);
  const disks = request.disks.map((disk, index) => {
    const made = memoryDisk(
      disk.style === 'gpt' ? gptBytes(disk.sizeSectors) : new Uint8Array(disk.sizeSectors * 512),
    );
    made.apply(created.patches[index]!);
    return made;
  });
  return { created, disks };
}

function gptBytes(sizeSectors: number): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'rescue-lab-gpt-'));
  try {
    const path = join(folder, 'disk.img');
    writeFileSync(path, '');
    truncateSync(path, sizeSectors * 512);
    const { metadata, data } = gptRequest(sizeSectors);
    const lines = [
      'label: gpt',
      'first-lba: 34',
      `start=${metadata.startSector}, size=${metadata.sizeSectors}, type=${LDM_METADATA}, name="LDM metadata partition"`,
      `start=2082, size=1024, type=${MSR}, name="Microsoft reserved partition"`,
      `start=${data.startSector}, size=${data.sizeSectors}, type=${LDM_DATA}, name="LDM data partition"`,
    ];
    execFileSync('sfdisk', ['-q', path], { input: `${lines.join('\n')}\n` });
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One group with a volume of every layout over four disks, the last two of them GPT. */
export function everyLayout(name = 'CUSTOMER-Dg0', guids = countingGuids()): DiskGroupRequest {
  const sizeSectors = 24_576;
  return {
    groupName: name,
    disks: [
      { sizeSectors, signature: 0x11223344 },
      { sizeSectors, signature: 0x55667788 },
      gptRequest(sizeSectors),
      gptRequest(sizeSectors),
    ],
    volumes: [
      { name: 'Volume1', layout: 'simple', sizeSectors: 2000, disks: [2], mountHint: 'E:' },
      { name: 'Volume2', layout: 'striped', sizeSectors: 128 * 3 * 5, disks: [0, 1, 3] },
      { name: 'Volume3', layout: 'mirror', sizeSectors: 2048, disks: [1, 2] },
      { name: 'Volume4', layout: 'raid5', sizeSectors: 128 * 3 * 7, disks: [3, 0, 2, 1], mountHint: 'R:' },
      { name: 'Volume5', layout: 'spanned', sizeSectors: 20_000, disks: [0, 3] },
    ],
    now: new Date('2012-09-11T12:00:00Z'),
    newGuid: guids,
  };
}
