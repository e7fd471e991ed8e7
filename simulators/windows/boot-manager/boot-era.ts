/**
 * What starts Windows, and how it looks: NTLDR of Server 2003 (5.2); the boot manager of Vista, Server 2008, 7 and 2008 R2
 * (6.0 and 6.1 look alike); that of Windows 8, Server 2012 and later.
 */
export const BOOT_ERAS = ['windows-5.2', 'windows-6.1', 'windows-6.2+'] as const;

export type BootEra = (typeof BOOT_ERAS)[number];

/** Those with a boot configuration data store. */
export type BootManagerEra = Exclude<BootEra, 'windows-5.2'>;
