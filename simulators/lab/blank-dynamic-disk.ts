import { randomBytes, randomUUID } from 'node:crypto';
import { createGpt, gptPatches, protectiveMbrPatch } from '../disk/gpt';
import type { DiskGroupRequest } from '../disk/ldm';
import { type Patch, SECTOR_BYTES, type SectorReader } from '../disk/mbr';
import { dynamicGpt } from '../windows/disk-tables';

export type DynamicStyle = 'MBR' | 'GPT';

const MBR_BYTES = 18 << 20;
/** The reserved partition takes the first 16 MiB. */
const GPT_BYTES = 36 << 20;

/** An empty disk that becomes one of a group: its bytes with the table that it needs, and how the group has to ask for it. */
export function blankDynamicDisk(style: DynamicStyle): {
  readonly bytes: Uint8Array;
  readonly request: DiskGroupRequest['disks'][number];
} {
  if (style === 'MBR') {
    const signature = randomBytes(4).readUInt32LE();
    return {
      bytes: new Uint8Array(MBR_BYTES),
      request: { sizeSectors: MBR_BYTES / SECTOR_BYTES, signature },
    };
  }
  const bytes = new Uint8Array(GPT_BYTES);
  const disk: SectorReader = {
    sizeBytes: bytes.length,
    read: (offset, length) => bytes.slice(offset, offset + length),
  };
  const sizeSectors = GPT_BYTES / SECTOR_BYTES;
  const table = createGpt({ diskSectors: sizeSectors, newGuid: randomUUID, reserved: 'modern' });
  const write = (patches: readonly Patch[]) => {
    for (const patch of patches) bytes.set(patch.bytes, patch.offsetBytes);
  };
  write([protectiveMbrPatch(disk), ...gptPatches(table, sizeSectors)]);
  const dynamic = dynamicGpt(disk, randomUUID);
  if (typeof dynamic === 'string') throw new Error(`A disk of ${GPT_BYTES} bytes has ${dynamic}.`);
  write(dynamic.patches);
  return { bytes, request: { style: 'gpt', sizeSectors, metadata: dynamic.metadata, data: dynamic.data } };
}
