import { bareGuid, concatBytes, encodeLatin1, guidToBytes, writeU32, writeU64 } from '../bytes';
import { createHive, type Hive, type HiveClock } from '../regf';
import { writeBootKey } from './boot-key';

/** Where a mounted volume lies, as `MountedDevices` tells (formats.md 3). */
export type MountedLocation =
  | { readonly style: 'mbr'; readonly signature: number; readonly offsetBytes: number }
  | { readonly style: 'gpt'; readonly partitionGuid: string }
  | { readonly style: 'dynamic'; readonly volumeGuid: string };

export interface MountedDevice {
  readonly location: MountedLocation;
  /** Drive letter without colon. */
  readonly letter?: string | undefined;
  /** GUID of the volume's name `\??\Volume{...}`. */
  readonly volumeGuid?: string | undefined;
}

export interface SystemHiveOptions {
  readonly computerName: string;
  /** 16 bytes; the SAM of the same Windows is created with them. */
  readonly bootKey: Uint8Array;
  readonly mountedDevices?: readonly MountedDevice[] | undefined;
  /** `partmgr\Parameters\SanPolicy`: 1 online all, 2 offline shared. Default 1. */
  readonly sanPolicy?: number | undefined;
  readonly clock?: HiveClock | undefined;
}

const CONTROL_SET = 'ControlSet001';

/** A SYSTEM hive with what the stand-in and its tools look at: control set, names, boot key, mounted devices. */
export function createSystemHive(options: SystemHiveOptions): Hive {
  const { clock, computerName } = options;
  const hive = createHive('CMI-CreateHive{2A7FB991-7BBE-4F9D-B91E-7CB51D4737F5}', {
    fileName: 'SYSTEM',
    ...(clock ? { clock } : {}),
  });
  const select = hive.createKey('Select');
  select.setDword('Current', 1);
  select.setDword('Default', 1);
  select.setDword('Failed', 0);
  select.setDword('LastKnownGood', 1);
  const control = hive.createKey(`${CONTROL_SET}\\Control`);
  control.createKey('ComputerName\\ComputerName').setString('ComputerName', computerName.toUpperCase());
  control.createKey('ComputerName\\ActiveComputerName').setString('ComputerName', computerName.toUpperCase());
  control.createKey('ProductOptions').setString('ProductType', 'ServerNT');
  writeBootKey(hive, CONTROL_SET, options.bootKey);
  const services = hive.createKey(`${CONTROL_SET}\\Services`);
  services.createKey('Tcpip\\Parameters').setString('Hostname', computerName);
  services.createKey('partmgr\\Parameters').setDword('SanPolicy', options.sanPolicy ?? 1);
  addMountedDevices(hive, options.mountedDevices ?? []);
  return hive;
}

function addMountedDevices(hive: Hive, devices: readonly MountedDevice[]): void {
  const key = hive.createKey('MountedDevices');
  for (const { location, letter, volumeGuid } of devices) {
    const data = encodeMountedLocation(location);
    if (letter !== undefined) key.setBinary(`\\DosDevices\\${letter.toUpperCase()}:`, data);
    if (volumeGuid !== undefined) key.setBinary(`\\??\\Volume{${bareGuid(volumeGuid)}}`, data);
  }
}

/** Data of a `MountedDevices` value: signature and byte offset, or `DMIO:ID:` and a GUID. */
export function encodeMountedLocation(location: MountedLocation): Uint8Array {
  if (location.style === 'mbr') {
    const data = new Uint8Array(12);
    writeU32(data, 0, location.signature);
    writeU64(data, 4, BigInt(location.offsetBytes));
    return data;
  }
  const guid = location.style === 'gpt' ? location.partitionGuid : location.volumeGuid;
  return concatBytes(encodeLatin1('DMIO:ID:'), guidToBytes(guid));
}
