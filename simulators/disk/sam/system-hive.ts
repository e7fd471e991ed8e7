import { createHive, type Hive, type HiveClock } from '../regf';
import {
  addClassicFirewall,
  addStandardFirewall,
  addStandardServices,
  allowRemoteDesktop,
  type MountedDevice,
  SanPolicyCode,
  setComputerName,
  setMountedDevice,
  setSanPolicy,
} from '../registry';
import { writeBootKey } from './boot-key';

export interface SystemHiveOptions {
  readonly computerName: string;
  /** 16 bytes; the SAM of the same Windows is created with them. */
  readonly bootKey: Uint8Array;
  readonly mountedDevices?: readonly MountedDevice[] | undefined;
  /** See SanPolicyCode. Default: online all. */
  readonly sanPolicy?: number | undefined;
  /** With the firewall of Windows Server 2003, which had no rules yet. */
  readonly classicFirewall?: boolean | undefined;
  readonly clock?: HiveClock | undefined;
}

const CONTROL_SET = 'ControlSet001';

/**
 * A SYSTEM hive with what the stand-in and its tools look at: control set, names, boot key, mounted devices, services,
 * firewall, Remote Desktop switched on.
 */
export function createSystemHive(options: SystemHiveOptions): Hive {
  const { clock } = options;
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
  control.createKey('ProductOptions').setString('ProductType', 'ServerNT');
  allowRemoteDesktop(hive);
  setComputerName(hive, options.computerName);
  writeBootKey(hive, CONTROL_SET, options.bootKey);
  addStandardServices(hive, options.classicFirewall);
  if (options.classicFirewall) addClassicFirewall(hive);
  else addStandardFirewall(hive);
  setSanPolicy(hive, options.sanPolicy ?? SanPolicyCode.onlineAll);
  hive.createKey('MountedDevices');
  for (const device of options.mountedDevices ?? []) setMountedDevice(hive, device);
  return hive;
}
