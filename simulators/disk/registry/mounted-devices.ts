import {
  bareGuid,
  concatBytes,
  decodeUtf16,
  encodeLatin1,
  encodeUtf16,
  guidFromBytes,
  guidToBytes,
  hasAscii,
  isGuid,
  readU32,
  readU64,
  writeU32,
  writeU64,
} from '../bytes';
import type { Hive } from '../regf';
import { RegistryValueError, type ValuePlace } from './registry-value-error';

/**
 * Where a mounted volume lies. GPT partitions and volumes of dynamic disks are told by one GUID each, in the same
 * bytes: only the disks tell which it is.
 */
export type MountedLocation =
  | { readonly style: 'mbr'; readonly signature: number; readonly offsetBytes: number }
  | { readonly style: 'gpt'; readonly partitionGuid: string }
  | { readonly style: 'dynamic'; readonly volumeGuid: string };

/** What the data of a `MountedDevices` value says. */
export type MountedData =
  | { readonly style: 'mbr'; readonly signature: number; readonly offsetBytes: number }
  /** `DMIO:ID:` and the GUID of a GPT partition or of a dynamic volume. */
  | { readonly style: 'guid'; readonly guid: string }
  /** A device without partitions (CD-ROM, USB stick): its interface path, as the SYSTEM sample holds some. */
  | { readonly style: 'device'; readonly path: string };

export interface MountedName {
  /** Upper-case drive letter without colon. */
  readonly letter?: string | undefined;
  /** GUID of the volume's name `\??\Volume{...}`, lower case without braces. */
  readonly volumeGuid?: string | undefined;
}

export interface MountedDevice extends MountedName {
  readonly location: MountedLocation;
}

const KEY = 'MountedDevices';
const DMIO = 'DMIO:ID:';

/** Data of a `MountedDevices` value: signature and byte offset, or `DMIO:ID:` and a GUID. */
export function encodeMountedLocation(location: MountedLocation): Uint8Array {
  if (location.style === 'mbr') return encodeMountedData(location);
  const guid = location.style === 'gpt' ? location.partitionGuid : location.volumeGuid;
  return encodeMountedData({ style: 'guid', guid });
}

export function encodeMountedData(data: MountedData): Uint8Array {
  if (data.style === 'device') return encodeUtf16(data.path);
  if (data.style === 'guid') return concatBytes(encodeLatin1(DMIO), guidToBytes(data.guid));
  const bytes = new Uint8Array(12);
  writeU32(bytes, 0, data.signature);
  writeU64(bytes, 4, BigInt(data.offsetBytes));
  return bytes;
}

/** Throws a RegistryValueError for data of no known form. */
export function decodeMountedData(data: Uint8Array, place: ValuePlace = { key: KEY }): MountedData {
  if (data.length === 12) {
    const offsetBytes = Number(readU64(data, 4));
    if (!Number.isSafeInteger(offsetBytes)) {
      throw new RegistryValueError(place, 4, `the volume's byte offset ${offsetBytes} is past every disk`);
    }
    return { style: 'mbr', signature: readU32(data, 0), offsetBytes };
  }
  if (data.length === 24 && hasAscii(data, 0, DMIO)) return { style: 'guid', guid: guidFromBytes(data, 8) };
  if (data.length % 2 === 0 && data.length >= 8) {
    const path = decodeUtf16(data);
    if (/^[\\_]\?\?[\\_]/.test(path)) return { style: 'device', path };
  }
  throw new RegistryValueError(
    place,
    0,
    `its ${data.length} bytes are neither a disk signature and offset, a DMIO GUID nor a device path`,
  );
}

/** What a value name of `MountedDevices` names; undefined for the names of other things (`#{guid}` and the like). */
export function parseMountedName(name: string): MountedName | undefined {
  const letter = /^\\DosDevices\\([A-Z]):$/i.exec(name)?.[1];
  if (letter !== undefined) return { letter: letter.toUpperCase() };
  const guid = /^\\\?\?\\Volume(\{.*\})$/i.exec(name)?.[1];
  return guid !== undefined && isGuid(guid) ? { volumeGuid: bareGuid(guid) } : undefined;
}

export interface MountedEntry {
  readonly name: MountedName;
  readonly data: MountedData;
}

/** All drive letters and volume names of a SYSTEM hive, in stored order. Throws a RegistryValueError for damaged data. */
export function readMountedDevices(system: Hive): MountedEntry[] {
  return (system.key(KEY)?.values() ?? []).flatMap((value) => {
    const name = parseMountedName(value.name);
    return name === undefined
      ? []
      : [{ name, data: decodeMountedData(value.data, { key: KEY, value: value.name }) }];
  });
}

/** Gives a volume its letter and its volume name, as far as given. */
export function setMountedDevice(system: Hive, { letter, volumeGuid, location }: MountedDevice): void {
  const key = system.createKey(KEY);
  const data = encodeMountedLocation(location);
  if (letter !== undefined) key.setBinary(letterName(letter), data);
  if (volumeGuid !== undefined) key.setBinary(`\\??\\Volume{${bareGuid(volumeGuid)}}`, data);
}

/** Forgets a drive letter. False where it was not in use. */
export function removeMountedLetter(system: Hive, letter: string): boolean {
  return system.key(KEY)?.deleteValue(letterName(letter)) ?? false;
}

function letterName(letter: string): string {
  if (!/^[A-Z]$/i.test(letter)) throw new TypeError(`"${letter}" is not a drive letter`);
  return `\\DosDevices\\${letter.toUpperCase()}:`;
}
