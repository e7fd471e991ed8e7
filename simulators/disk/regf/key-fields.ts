import type { ValueData } from './value-data';

/** One value of a key. The default value's name is the empty text. */
export interface HiveValue extends ValueData {
  readonly name: string;
}

/** Gives the FILETIME to stamp changed keys with; without one, keys keep their times. */
export type HiveClock = () => bigint;

/** What a key node says of itself. */
export interface HiveKeyFields {
  readonly name: string;
  readonly className?: string | undefined;
  /** FILETIME */
  readonly lastWritten: bigint;
  /** Key node flags without the "name is Latin-1" bit, which the writer sets itself. */
  readonly flags: number;
  readonly securityDescriptor: Uint8Array;
  /** What Windows keeps of the key beside its contents; undefined where all of it is zero. */
  readonly marks?: KeyMarks | undefined;
}

/** Fields of a key node that no tool shows, kept as they were read (specification of regf, "Key node"). */
export interface KeyMarks {
  /** Since Windows 8: which accesses the key has seen since the hive was last reorganised; layered keys. */
  readonly accessBits: number;
  /** Virtualisation control flags, user (Wow64) flags and debug byte. */
  readonly control: number;
  /** A key with flag 0x40 stands for this predefined handle (Perflib\\009) and has no values of its own. */
  readonly predefinedHandle?: number;
}
