import { decodeUtf16, guidFromBytes, NIL_GUID, readU16, readU32, readU64, sameBytes } from '../bytes';
import type { BcdDevice, BootDevice, PartitionDevice } from './device';
import { BlockIoType, DeviceType, PartitionStyle } from './device-layout';
import { encodeDevice } from './encode-device';

/**
 * Reads a device element (formats.md 1.5). Never throws: what is of no known kind, or would not be written back byte
 * for byte, comes as `unknown` with its raw bytes.
 */
export function decodeDevice(bytes: Uint8Array): BcdDevice {
  const device = tryDecode(bytes);
  if (device !== undefined && sameBytes(encodeDevice(device), bytes)) return device;
  return { kind: 'unknown', raw: bytes.slice() };
}

function tryDecode(bytes: Uint8Array): BcdDevice | undefined {
  try {
    const device = decodeDescriptor(bytes.subarray(16));
    const options = guidFromBytes(bytes);
    return device === undefined || options === NIL_GUID ? device : { ...device, options };
  } catch (error) {
    // Too short for its kind, or a number that the model does not hold.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

type KnownDevice = Exclude<BcdDevice, { kind: 'unknown' }>;

function decodeDescriptor(bytes: Uint8Array): KnownDevice | undefined {
  switch (readU32(bytes, 0)) {
    case DeviceType.boot:
      return { kind: 'boot' };
    case DeviceType.partition:
      return readU32(bytes, 0x20) === BlockIoType.virtualDisk ? decodeVhd(bytes) : decodePartition(bytes);
    case DeviceType.locate:
      return decodeLocate(bytes);
    case DeviceType.blockIo:
      return decodeBlockIo(bytes);
    default:
      return undefined;
  }
}

function decodeLocate(bytes: Uint8Array): KnownDevice | undefined {
  const element = readU32(bytes, 0x14);
  const parentOffset = readU32(bytes, 0x18);
  if (parentOffset === 0) return { kind: 'locate', element, path: pathAt(bytes, 0x1c) };
  const file = fileAt(bytes, parentOffset + 0x28);
  return file && { kind: 'locatedVhd', element, parent: file.parent, path: file.path };
}

function decodeBlockIo(bytes: Uint8Array): KnownDevice | undefined {
  const type = readU32(bytes, 0x10);
  if (type === BlockIoType.file) return fileAt(bytes, 0);
  if (type !== BlockIoType.ramdisk) return undefined;
  const parent = placeAt(bytes, 0x34);
  return (
    parent && {
      kind: 'ramdisk',
      parent,
      path: pathAt(bytes, 0x7c),
      imageBase: safeU64(bytes, 0x14),
      imageSize: safeU64(bytes, 0x1c),
      imageOffset: readU32(bytes, 0x24),
    }
  );
}

function decodeVhd(bytes: Uint8Array): KnownDevice | undefined {
  const partition = decodePartition(bytes);
  const file = fileAt(bytes, 0x38);
  return partition && file && { kind: 'vhd', partition, parent: file.parent, path: file.path };
}

/** A file descriptor that starts at `start`. */
function fileAt(bytes: Uint8Array, start: number) {
  const parent = placeAt(bytes, start + 0x20);
  return parent && { kind: 'file' as const, parent, path: pathAt(bytes, start + 0x68) };
}

function placeAt(bytes: Uint8Array, start: number): PartitionDevice | BootDevice | undefined {
  const type = readU32(bytes, start);
  if (type === DeviceType.boot) return { kind: 'boot' };
  return type === DeviceType.partition ? decodePartition(bytes.subarray(start)) : undefined;
}

function decodePartition(bytes: Uint8Array): PartitionDevice | undefined {
  const style = readU32(bytes, 0x24);
  if (style === PartitionStyle.mbr) {
    const offsetBytes = safeU64(bytes, 0x10);
    return { kind: 'partition', style: 'mbr', signature: readU32(bytes, 0x28), offsetBytes };
  }
  if (style !== PartitionStyle.gpt) return undefined;
  const partitionGuid = guidFromBytes(bytes, 0x10);
  return { kind: 'partition', style: 'gpt', diskGuid: guidFromBytes(bytes, 0x28), partitionGuid };
}

/** UTF-16 text up to its NUL. */
function pathAt(bytes: Uint8Array, start: number): string {
  let end = start;
  while (readU16(bytes, end) !== 0) end += 2;
  return decodeUtf16(bytes, start, end - start);
}

function safeU64(bytes: Uint8Array, offset: number): number {
  const value = readU64(bytes, offset);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`${value} is beyond the safe integers`);
  return Number(value);
}
