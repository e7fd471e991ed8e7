/** What Windows keeps in its registry, so that it is the same after a restart. */
export interface HostRecord {
  readonly letters: readonly RememberedLetter[];
  readonly disks: readonly RememberedDisk[];
  /** GUIDs of disk groups that were imported, or are the machine's own. */
  readonly groups: readonly string[];
}

/** A value of `MountedDevices`. */
export interface RememberedLetter {
  /** The value's data in hexadecimal: where the volume lies. */
  readonly location: string;
  /** Undefined for a volume that shall have no letter. */
  readonly letter: string | undefined;
}

/** A disk that somebody brought online or offline, or whose read-only attribute was changed. */
export interface RememberedDisk {
  /** `42D9DECD` or a GUID: what `uniqueid disk` shows. */
  readonly identity: string;
  readonly online: boolean;
  readonly readOnly: boolean;
}

/** Where the record is kept between two starts. */
export interface HostMemory {
  load(): Promise<HostRecord>;
  save(record: HostRecord): Promise<void>;
}

export const EMPTY_RECORD: HostRecord = { letters: [], disks: [], groups: [] };
