/** Windows 7 and Server 2008 R2 are 6.1; Windows 8, Server 2012 and later show another screen. */
export type BootEra = 'windows-6.1' | 'windows-6.2+';
