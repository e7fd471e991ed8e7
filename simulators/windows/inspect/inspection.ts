/** What was found on disk images, for people and for programs: plain data that goes into JSON as it is. */
export interface Inspection {
  readonly disks: readonly DiskReport[];
  readonly groups: readonly GroupReport[];
  readonly volumes: readonly VolumeReport[];
  readonly windows: readonly WindowsReport[];
  readonly stores: readonly StoreReport[];
  readonly boot: BootReport;
  /** Everything that somebody should look at, each a sentence. */
  readonly problems: readonly string[];
}

export interface DiskReport {
  readonly number: number;
  readonly image: string;
  /** Of the image file, e.g. `qcow2`. */
  readonly format: string;
  readonly sizeBytes: number;
  readonly style: 'mbr' | 'gpt' | 'raw';
  /** MBR disk signature, eight hex digits; or GPT disk GUID. */
  readonly identity: string | undefined;
  /** As diskpart shows it, with the reason of an offline disk. */
  readonly status: string;
  /** Name of the disk group of a dynamic disk. */
  readonly group: string | undefined;
  readonly partitions: readonly PartitionReport[];
  readonly damage: readonly string[];
}

export interface PartitionReport {
  /** Linux' number of the table entry. */
  readonly number: number;
  /** e.g. `NTFS (07)`, `EFI System`. */
  readonly type: string;
  readonly startSector: number;
  readonly sizeSectors: number;
  readonly active: boolean;
  readonly guid: string | undefined;
  /** Number of the volume that lies there. */
  readonly volume: number | undefined;
}

export interface GroupReport {
  readonly name: string;
  readonly guid: string;
  /** Names in the group's database, with the disk number, or undefined where the disk is missing. */
  readonly disks: readonly { readonly name: string; readonly disk: number | undefined }[];
  readonly volumes: readonly {
    readonly name: string;
    readonly layout: string;
    readonly sizeBytes: number;
    /** Written when the machine stopped: the copies may differ. */
    readonly dirty: boolean;
    /** Disks, by their names in the database, that were away while the volume went on: their copy is out of date. */
    readonly behind: readonly string[];
    readonly mountHint: string | undefined;
  }[];
  /** Whether the first Windows on these disks has it as its own group, and what that means for importing. */
  readonly foreign: string;
}

export interface VolumeReport {
  readonly number: number;
  readonly name: string;
  readonly letter: string | undefined;
  readonly label: string;
  readonly fileSystem: string;
  readonly type: string;
  readonly status: string;
  readonly sizeBytes: number;
  readonly disks: readonly number[];
  /** NTFS: Windows checks the volume at its next start. Undefined for other file systems. */
  readonly dirty: boolean | undefined;
  readonly damage: string | undefined;
}

export interface WindowsReport {
  readonly volume: string;
  readonly productName: string | undefined;
  readonly version: string | undefined;
  readonly computerName: string | undefined;
  readonly sanPolicy: string | undefined;
  /** On or off by profile. */
  readonly firewall: Readonly<Record<string, boolean>> | undefined;
  readonly accounts: readonly AccountReport[];
  /** Hives that cannot be read whole, or were not written to their end. */
  readonly damage: readonly string[];
}

export interface AccountReport {
  readonly name: string;
  readonly rid: number;
  readonly administrator: boolean;
  readonly enabled: boolean;
  readonly locked: boolean;
  readonly hasPassword: boolean;
}

export interface StoreReport {
  readonly path: string;
  readonly entries: readonly EntryReport[];
  readonly damage: string | undefined;
}

export interface EntryReport {
  /** Alias or GUID, as bcdedit prints it. */
  readonly identifier: string;
  readonly description: string | undefined;
  readonly isDefault: boolean;
  readonly devices: readonly DeviceReport[];
}

export interface DeviceReport {
  readonly element: string;
  /** As bcdedit prints it: `partition=C:`, `unknown` ... */
  readonly text: string;
  /** Where it points to, or why it points nowhere. */
  readonly explanation: string;
  readonly resolved: boolean;
}

export interface BootReport {
  readonly firmware: 'BIOS' | 'UEFI' | 'none';
  readonly starts: boolean;
  /** One sentence. */
  readonly outcome: string;
  /** What the screen would show, where the boot fails. */
  readonly screen: readonly string[];
}
