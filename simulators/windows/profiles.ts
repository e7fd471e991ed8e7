/** What differs between the Windows versions that a stand-in can be. */
export interface WindowsProfile {
  readonly id: string;
  /** SOFTWARE `ProductName`. */
  readonly productName: string;
  /** SOFTWARE `CurrentVersion`: 6.1 for 2008 R2, 6.3 from 2012 R2 on. */
  readonly currentVersion: string;
  readonly build: number;
  /** As `ver` and the tools' banners print it. */
  readonly version: string;
  /** How the boot manager looks and what it says when it fails. */
  readonly era: 'windows-6.1' | 'windows-6.2+';
  /** Size of the System Reserved partition, or none: then the Windows partition holds the boot files. */
  readonly systemReservedMiB: number | undefined;
}

/** Table-driven: a later profile is a row here. Sources: Windows' own version numbers; 100 MB is the 2008 R2 installer's choice. */
export const windowsProfiles = {
  'windows-server-2008-r2': {
    id: 'windows-server-2008-r2',
    productName: 'Windows Server 2008 R2 Standard',
    currentVersion: '6.1',
    build: 7601,
    version: '6.1.7601',
    era: 'windows-6.1',
    systemReservedMiB: 100,
  },
  /** The rescue system is based on Windows Server 2022 (facts on the ovh guide); it is started directly, so has no boot files. */
  'windows-rescue': {
    id: 'windows-rescue',
    productName: 'Windows Server 2022 Datacenter',
    currentVersion: '6.3',
    build: 20348,
    version: '10.0.20348',
    era: 'windows-6.2+',
    systemReservedMiB: undefined,
  },
} as const satisfies Record<string, WindowsProfile>;
