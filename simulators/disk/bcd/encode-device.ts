import { concatBytes, encodeUtf16, guidToBytes, NIL_GUID, writeU32, writeU64 } from '../bytes';
import type { BcdDevice, BootDevice, LocatedVhdDevice, PartitionDevice, VhdDevice } from './device';
import { BlockIoType, DeviceType, PartitionStyle } from './device-layout';

/**
 * The bytes of a device element: 16 bytes of options GUID, then the descriptor (formats.md 1.5; the layouts of `file`
 * and `vhd` were not seen in a store made by Windows; that of `locatedVhd` is what two programs that were written after
 * such stores agree on). Throws a TypeError for a GUID that is none and a RangeError for
 * numbers that do not fit.
 */
export function encodeDevice(device: BcdDevice): Uint8Array {
  if (device.kind === 'unknown') return device.raw.slice();
  return concatBytes(guidToBytes(device.options ?? NIL_GUID), encodeDescriptor(device));
}

function encodeDescriptor(device: Exclude<BcdDevice, { kind: 'unknown' }>): Uint8Array {
  switch (device.kind) {
    case 'partition':
    case 'boot':
      return encodePlace(device);
    case 'locate': {
      const head = new Uint8Array(12);
      writeU32(head, 4, u32(device.element, 'element to locate'));
      return descriptor(DeviceType.locate, 0, head, pathBytes(device.path));
    }
    case 'ramdisk': {
      const head = new Uint8Array(24);
      writeU32(head, 0, BlockIoType.ramdisk);
      writeU64(head, 4, u64(device.imageBase, 'image base'));
      writeU64(head, 12, u64(device.imageSize, 'image size'));
      writeU32(head, 20, u32(device.imageOffset, 'image offset'));
      return descriptor(DeviceType.blockIo, 1, head, filePath(device.parent, device.path));
    }
    case 'file':
      return fileDescriptor(device.parent, device.path);
    case 'vhd':
      return encodeVhd(device);
    case 'locatedVhd':
      return encodeLocatedVhd(device);
  }
}

function encodeVhd(device: VhdDevice): Uint8Array {
  return descriptor(
    DeviceType.partition,
    0,
    partitionBody(device.partition, BlockIoType.virtualDisk).subarray(0, 0x28),
    fileDescriptor(device.parent, device.path),
  );
}

/** Bytes of a locate descriptor before what it lies in: its head, the element and an empty path. */
const LOCATE_BYTES = 0x1e;

function encodeLocatedVhd(device: LocatedVhdDevice): Uint8Array {
  const disk = new Uint8Array(24);
  writeU32(disk, 0, BlockIoType.virtualDisk);
  const parent = descriptor(DeviceType.blockIo, 0, disk, fileDescriptor(device.parent, device.path));
  const head = new Uint8Array(12);
  writeU32(head, 4, u32(device.element, 'element to locate'));
  writeU32(head, 8, LOCATE_BYTES);
  return descriptor(DeviceType.locate, 0, head, pathBytes(''), parent);
}

/** The 0x48 bytes of a partition or boot descriptor. */
function encodePlace(device: PartitionDevice | BootDevice): Uint8Array {
  if (device.kind === 'boot') return descriptor(DeviceType.boot, 0, new Uint8Array(0x38));
  return descriptor(DeviceType.partition, 0, partitionBody(device, BlockIoType.hardDisk));
}

function partitionBody(device: PartitionDevice, blockIoType: number): Uint8Array {
  const body = new Uint8Array(0x38);
  writeU32(body, 0x10, blockIoType);
  if (device.style === 'mbr') {
    writeU64(body, 0, u64(device.offsetBytes, 'partition offset'));
    writeU32(body, 0x14, PartitionStyle.mbr);
    writeU32(body, 0x18, u32(device.signature, 'disk signature'));
  } else {
    body.set(guidToBytes(device.partitionGuid), 0);
    writeU32(body, 0x14, PartitionStyle.gpt);
    body.set(guidToBytes(device.diskGuid), 0x18);
  }
  return body;
}

function fileDescriptor(parent: PartitionDevice | BootDevice, path: string): Uint8Array {
  const head = new Uint8Array(4);
  writeU32(head, 0, BlockIoType.file);
  return descriptor(DeviceType.blockIo, 0, head, filePath(parent, path));
}

function filePath(parent: PartitionDevice | BootDevice, path: string): Uint8Array {
  const bytes = concatBytes(new Uint8Array(12), encodePlace(parent), pathBytes(path));
  writeU32(bytes, 0, 1);
  writeU32(bytes, 4, bytes.length);
  writeU32(bytes, 8, 5);
  return bytes;
}

function descriptor(type: number, flags: number, ...body: readonly Uint8Array[]): Uint8Array {
  const bytes = concatBytes(new Uint8Array(16), ...body);
  writeU32(bytes, 0, type);
  writeU32(bytes, 4, flags);
  writeU32(bytes, 8, bytes.length);
  return bytes;
}

function pathBytes(path: string): Uint8Array {
  return encodeUtf16(`${path}\0`);
}

function u32(value: number, what: string): number {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw new RangeError(`The ${what} ${value} of a BCD device is not an unsigned 32-bit number`);
  }
  return value;
}

function u64(value: number, what: string): bigint {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`The ${what} ${value} of a BCD device is not a non-negative safe integer`);
  }
  return BigInt(value);
}
