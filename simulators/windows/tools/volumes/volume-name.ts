import { bareGuid, isGuid } from '../../../disk/bytes';
import type { VolumeView } from '../../windows-host';

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/**
 * GUID of a volume, lower case without braces. Windows 10 makes those of MBR volumes from the disk's signature and the
 * partition's byte offset, little-endian in the last eight bytes (formats.md, section 3). Older versions draw one at
 * the first sight of a volume; ours is made of signature and offset too, with the node that Windows uses before it
 * knows a network card, so that it stays the same. A GPT volume has the GUID of its partition, a dynamic one its own
 * (our choice for both).
 */
function volumeGuid({ location }: VolumeView, version: string): string {
  if (location.style === 'gpt') return bareGuid(location.partitionGuid);
  if (location.style === 'dynamic') {
    return isGuid(location.volumeGuid) ? bareGuid(location.volumeGuid) : location.volumeGuid;
  }
  const { signature, offsetBytes } = location;
  if (/^6\.[01]\./.test(version)) {
    const sectors = offsetBytes / 512;
    const low = (signature ^ sectors) >>> 0;
    return `${hex(low, 8)}-${hex(Math.floor(sectors / 2 ** 16) & 0xffff, 4)}-11e0-8000-806e6f6e6963`;
  }
  const bytes = Array.from({ length: 8 }, (_, index) => Math.floor(offsetBytes / 2 ** (8 * index)) % 256);
  const offset = bytes.map((byte) => hex(byte, 2)).join('');
  return `${hex(signature, 8)}-0000-0000-${offset.slice(0, 4)}-${offset.slice(4)}`;
}

/** `\\?\Volume{...}`, without a backslash at its end. @param version Windows' version, as the host tells it. */
export function volumeName(volume: VolumeView, version: string): string {
  return `\\\\?\\Volume{${volumeGuid(volume, version)}}`;
}
