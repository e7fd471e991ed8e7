import type { BootEra } from './boot-manager';

export type BootFirmware = 'BIOS' | 'UEFI';

/** What differs between the Windows versions that a stand-in can be. */
export interface WindowsProfile {
  readonly id: string;
  /** SOFTWARE `ProductName`. */
  readonly productName: string;
  /** SOFTWARE `CurrentVersion`: 5.2 for 2003, 6.0 for 2008, 6.1 for 2008 R2, 6.3 from 2012 R2 on. */
  readonly currentVersion: string;
  readonly build: number;
  /** As `ver` and the tools' banners print it. */
  readonly version: string;
  /** SOFTWARE `EditionID` and `InstallationType`, which 2003 does not have. */
  readonly editionId: string | undefined;
  readonly installationType: string | undefined;
  /** SOFTWARE `CSDVersion`; later versions have no service packs. */
  readonly servicePack?: string;
  /** SOFTWARE `ReleaseId`, from 2016 on. */
  readonly releaseId?: string;
  /** How the boot manager looks and what it says when it fails. */
  readonly era: BootEra;
  /** Its folder, as the installer names it. */
  readonly systemRoot: '\\Windows' | '\\WINDOWS';
  /** The entry's name in the boot menu. */
  readonly bootDescription: string;
  /** What a server of this version is installed for here. */
  readonly firmwares: readonly BootFirmware[];
  /** With BIOS: size of the System Reserved partition, or none: then the Windows partition holds the boot files. */
  readonly systemReservedMiB: number | undefined;
}

const BIOS_ONLY = ['BIOS'] as const;
const BOTH = ['BIOS', 'UEFI'] as const;
const server = { editionId: 'ServerStandard', installationType: 'Server', systemRoot: '\\Windows' } as const;

/**
 * Table-driven: a later profile is a row here. Sources: Windows' own version numbers; 100, 350 and 500 MB are the
 * installers' choices; boot menu names and editions are general knowledge. 2008 and 2008 R2 for x64 could be installed
 * with UEFI too; here they cannot: no guide speaks of it.
 */
export const windowsProfiles = {
  'windows-server-2003': {
    id: 'windows-server-2003',
    productName: 'Microsoft Windows Server 2003',
    currentVersion: '5.2',
    build: 3790,
    version: '5.2.3790',
    editionId: undefined,
    installationType: undefined,
    servicePack: 'Service Pack 2',
    era: 'windows-5.2',
    systemRoot: '\\WINDOWS',
    bootDescription: 'Windows Server 2003, Standard',
    firmwares: BIOS_ONLY,
    systemReservedMiB: undefined,
  },
  'windows-server-2008': {
    ...server,
    id: 'windows-server-2008',
    productName: 'Windows Server (R) 2008 Standard',
    currentVersion: '6.0',
    build: 6002,
    version: '6.0.6002',
    servicePack: 'Service Pack 2',
    era: 'windows-6.1',
    bootDescription: 'Microsoft Windows Server 2008',
    firmwares: BIOS_ONLY,
    systemReservedMiB: undefined,
  },
  'windows-server-2008-r2': {
    ...server,
    id: 'windows-server-2008-r2',
    productName: 'Windows Server 2008 R2 Standard',
    currentVersion: '6.1',
    build: 7601,
    version: '6.1.7601',
    servicePack: 'Service Pack 1',
    era: 'windows-6.1',
    bootDescription: 'Windows Server 2008 R2',
    firmwares: BIOS_ONLY,
    systemReservedMiB: 100,
  },
  'windows-server-2012-r2': {
    ...server,
    id: 'windows-server-2012-r2',
    productName: 'Windows Server 2012 R2 Standard',
    currentVersion: '6.3',
    build: 9600,
    version: '6.3.9600',
    era: 'windows-6.2+',
    bootDescription: 'Windows Server 2012 R2',
    firmwares: BOTH,
    systemReservedMiB: 350,
  },
  'windows-server-2016': {
    ...server,
    id: 'windows-server-2016',
    productName: 'Windows Server 2016 Standard',
    currentVersion: '6.3',
    build: 14393,
    version: '10.0.14393',
    releaseId: '1607',
    era: 'windows-6.2+',
    bootDescription: 'Windows Server 2016',
    firmwares: BOTH,
    systemReservedMiB: 500,
  },
  'windows-server-2019': {
    ...server,
    id: 'windows-server-2019',
    productName: 'Windows Server 2019 Standard',
    currentVersion: '6.3',
    build: 17763,
    version: '10.0.17763',
    releaseId: '1809',
    era: 'windows-6.2+',
    bootDescription: 'Windows Server',
    firmwares: BOTH,
    systemReservedMiB: 500,
  },
  'windows-server-2022': {
    ...server,
    id: 'windows-server-2022',
    productName: 'Windows Server 2022 Standard',
    currentVersion: '6.3',
    build: 20348,
    version: '10.0.20348',
    releaseId: '2009',
    era: 'windows-6.2+',
    bootDescription: 'Windows Server',
    firmwares: BOTH,
    systemReservedMiB: 500,
  },
  /** The rescue system is based on Windows Server 2022 (facts on the ovh guide); it is started directly, so has no boot files. */
  'windows-rescue': {
    ...server,
    id: 'windows-rescue',
    productName: 'Windows Server 2022 Datacenter',
    currentVersion: '6.3',
    build: 20348,
    version: '10.0.20348',
    editionId: 'ServerDatacenter',
    releaseId: '2009',
    era: 'windows-6.2+',
    bootDescription: 'Windows Server',
    firmwares: BIOS_ONLY,
    systemReservedMiB: undefined,
  },
} as const satisfies Record<string, WindowsProfile>;

/** A version that can be installed on a server's disk. */
export type InstalledProfileId = Exclude<keyof typeof windowsProfiles, 'windows-rescue'>;
