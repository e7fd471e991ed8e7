import { HiveFormatError } from './hive-format-error';
import { HiveKey } from './hive-key';
import type { HiveClock } from './key-fields';
import type { HiveState } from './recover-hive';
import { defaultSecurityDescriptor } from './security-descriptor';
import { updateHive } from './update-hive';
import { type HiveToWrite, writeHive } from './write-hive';

/** Root of a hive, not to be deleted. */
const ROOT_FLAGS = 0x4 | 0x8;

export interface HiveProperties {
  /** The end of the path that the file claims to have, e.g. `\??\C:\boot\bcd`. At most 31 characters are stored. */
  readonly fileName: string;
  /** 3 for BCD and SAM, 5 for SYSTEM and SOFTWARE of Windows Vista and later. */
  readonly minorVersion: number;
  readonly sequence: number;
  /** FILETIME */
  readonly lastWritten: bigint;
  /** What was found when the file was read: see HiveState. */
  readonly state: HiveState;
  /** Of the base block as it was read, after a recovery. */
  readonly checksumValid: boolean;
}

/** What a transaction changes in the base block. */
interface Stamp {
  readonly sequence?: number;
  /** FILETIME */
  readonly lastWritten?: bigint;
}

/** A registry hive as a mutable tree of keys. `serialize` always writes a clean one. */
export class Hive {
  constructor(
    readonly root: HiveKey,
    readonly properties: HiveProperties,
    /** The base block that was read, and the size of the file; none of a new hive. */
    private readonly origin?: { readonly baseBlock: Uint8Array; readonly fileSize: number },
  ) {}

  /** The file that was read was not closed cleanly, whether or not its logs could help. */
  get dirty(): boolean {
    return this.properties.state !== 'clean';
  }

  /** The key at a backslash path below the root, whose own name is not part of the path. */
  key(path: string): HiveKey | undefined {
    return this.root.key(path);
  }

  /** Opens or creates the key at a path below the root. */
  createKey(path: string): HiveKey {
    return this.root.createKey(path);
  }

  /** False when there is no such key. */
  deleteKey(path: string): boolean {
    return this.root.deleteKey(path);
  }

  /** The bytes of a clean, compact hive file. */
  serialize(stamp: Stamp = {}): Uint8Array {
    return writeHive(this.toWrite(stamp));
  }

  /**
   * The bytes of a clean hive file that differs from the clean one `before` in few pages: what did not change stays where
   * it is. Undefined where `before` is damaged or another hive.
   */
  serializeOver(before: Uint8Array, stamp: Stamp): Uint8Array | undefined {
    try {
      return updateHive(before, this.toWrite(stamp));
    } catch (error) {
      if (error instanceof HiveFormatError) return undefined;
      throw error;
    }
  }

  private toWrite(stamp: Stamp): HiveToWrite {
    const { fileName, minorVersion, sequence, lastWritten } = { ...this.properties, ...stamp };
    const { baseBlock, fileSize: expectedSize = 0 } = this.origin ?? {};
    const { root } = this;
    return { root, fileName, minorVersion, sequence, lastWritten, baseBlock, expectedSize };
  }
}

export interface NewHiveOptions {
  /** Default: none. */
  readonly fileName?: string;
  /** Default: 5, with hashed subkey lists and big values. */
  readonly minorVersion?: 3 | 5;
  /** Stamps the root and every later change; without one all times are 0 (1601-01-01). */
  readonly clock?: HiveClock;
}

/** An empty hive with a root key of this name. */
export function createHive(rootName: string, options: NewHiveOptions = {}): Hive {
  const lastWritten = options.clock?.() ?? 0n;
  const securityDescriptor = defaultSecurityDescriptor();
  const fields = { name: rootName, lastWritten, flags: ROOT_FLAGS, securityDescriptor };
  return new Hive(new HiveKey(fields, undefined, options.clock), {
    fileName: options.fileName ?? '',
    minorVersion: options.minorVersion ?? 5,
    sequence: 1,
    lastWritten,
    state: 'clean',
    checksumValid: true,
  });
}
