/** Sizes and places in the private region, in sectors from its start, as Windows Server 2008 R2 writes them. */
export const PRIVATE_SECTORS = 2048;
export const BACKUP_PRIVHEADS = [1856, 2047] as const;
export const TOC_SECTORS = [2, 2045] as const;
export const CONFIG = { start: 17, size: 1481 } as const;
export const LOG = { start: 1498, size: 224 } as const;

/** MBR disks also hold a PRIVHEAD here, counted from the start of the disk. */
export const MBR_PRIVHEAD_SECTOR = 6;
/** Where Windows starts the public region of an MBR disk. */
export const MBR_PUBLIC_START = 63;

export const VBLK_BYTES = 128;
/** MBR type of every entry on a dynamic disk (KB222188). */
export const DYNAMIC_TYPE = 0x42;
/** GPT type of the partition that holds the private region. */
export const LDM_METADATA_TYPE = '5808c8aa-7e8f-42e0-85d2-e1e90434cfb3';
/** The host id: the same in every image looked at, from two different servers. */
export const HOST_GUID = '1b77da20-c717-11d0-a5be-00a0c91db73c';
/** Layout bytes of a component record. */
export const COMPONENT_LAYOUTS = { striped: 1, concatenated: 2, raid5: 3 } as const;
/** 64 KiB: the stripes of every striped and RAID-5 volume in the samples. */
export const STRIPE_SECTORS = 128;
