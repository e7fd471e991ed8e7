/** u32 at the start of a device descriptor (formats.md 1.5). */
export const DeviceType = { blockIo: 0, boot: 5, partition: 6, locate: 8 } as const;

export const BlockIoType = { hardDisk: 0, ramdisk: 3, file: 5, virtualDisk: 6 } as const;

/** Reverse of the numbers that WMI uses (formats.md 0.2). */
export const PartitionStyle = { gpt: 0, mbr: 1 } as const;
