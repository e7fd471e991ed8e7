/**
 * A partition as a device element names it (formats.md 1.5): by the disk and the place on it, never by number or
 * letter. GUIDs are lower case without braces.
 */
export type PartitionDevice =
  | {
      readonly kind: 'partition';
      readonly style: 'mbr';
      /** Disk signature, u32. */
      readonly signature: number;
      /** First byte of the partition on its disk. */
      readonly offsetBytes: number;
      readonly options?: string;
    }
  | {
      readonly kind: 'partition';
      readonly style: 'gpt';
      readonly diskGuid: string;
      readonly partitionGuid: string;
      readonly options?: string;
    };

/** The partition that the boot manager was loaded from. */
export interface BootDevice {
  readonly kind: 'boot';
  readonly options?: string;
}

/** The first partition that has the file named by another element of the same object, or by `path`. */
export interface LocateDevice {
  readonly kind: 'locate';
  /** Code of the element that holds the path, e.g. 0x12000002. */
  readonly element: number;
  readonly path: string;
  readonly options?: string;
}

/** A RAM disk made of an image file; `options` names the device options object. */
export interface RamdiskDevice {
  readonly kind: 'ramdisk';
  readonly parent: PartitionDevice | BootDevice;
  readonly path: string;
  readonly imageBase: number;
  readonly imageSize: number;
  readonly imageOffset: number;
  readonly options?: string;
}

export interface FileDevice {
  readonly kind: 'file';
  readonly parent: PartitionDevice | BootDevice;
  readonly path: string;
  readonly options?: string;
}

/** A partition inside a virtual hard disk file. */
export interface VhdDevice {
  readonly kind: 'vhd';
  /** The partition within the virtual disk. */
  readonly partition: PartitionDevice;
  readonly parent: PartitionDevice | BootDevice;
  readonly path: string;
  readonly options?: string;
}

/**
 * A partition inside a virtual hard disk file, found by the path that another element of the same object holds: what
 * bcdedit writes for `vhd=[C:]\x.vhd`.
 */
export interface LocatedVhdDevice {
  readonly kind: 'locatedVhd';
  /** Code of the element that holds the path, e.g. 0x12000002. */
  readonly element: number;
  readonly parent: PartitionDevice | BootDevice;
  readonly path: string;
  readonly options?: string;
}

/** A device of another kind, or one with bytes that this codec would not write: kept as it is. */
export interface UnknownDevice {
  readonly kind: 'unknown';
  readonly raw: Uint8Array;
}

/** `options` is the GUID of the additional options object, absent where the element has none. */
export type BcdDevice =
  | PartitionDevice
  | BootDevice
  | LocateDevice
  | RamdiskDevice
  | FileDevice
  | VhdDevice
  | LocatedVhdDevice
  | UnknownDevice;
