import type { Hive, HiveKey } from '../regf';
import { currentControlSet } from './control-set';

/** `Start` of a service: when it is started (winnt.h). */
export const ServiceStart = { boot: 0, system: 1, auto: 2, demand: 3, disabled: 4 } as const;

/** Bits of a service's `Type` (winnt.h). */
export const ServiceType = {
  kernelDriver: 0x1,
  fileSystemDriver: 0x2,
  ownProcess: 0x10,
  shareProcess: 0x20,
  interactive: 0x100,
} as const;

/** A service or driver as `Services\<name>` of a control set describes it. */
export interface ServiceRecord {
  readonly name: string;
  readonly type: number;
  readonly start: number;
  readonly errorControl: number;
  /** Undefined where the hive has none; may be a resource such as `@%SystemRoot%\System32\termsrv.dll,-268`. */
  readonly displayName: string | undefined;
  readonly imagePath: string | undefined;
  /** Account that the service runs as; undefined for drivers. */
  readonly objectName: string | undefined;
  readonly group: string | undefined;
  readonly tag: number | undefined;
  readonly dependencies: readonly string[];
  readonly delayedAutoStart: boolean;
}

export interface ServiceChange {
  readonly start?: number | undefined;
  readonly delayedAutoStart?: boolean | undefined;
  readonly imagePath?: string | undefined;
  readonly displayName?: string | undefined;
  readonly objectName?: string | undefined;
  readonly dependencies?: readonly string[] | undefined;
}

function servicesPath(system: Hive): string {
  return `${currentControlSet(system)}\\Services`;
}

/** Services and drivers, by name. Keys without a `Type` only hold settings, and are left out as Windows does. */
export function listServices(system: Hive): ServiceRecord[] {
  const keys = system.key(servicesPath(system))?.subkeys() ?? [];
  return keys.flatMap((key) => recordOf(key) ?? []);
}

/** The service of this name, in any case. */
export function findService(system: Hive, name: string): ServiceRecord | undefined {
  if (name === '' || name.includes('\\')) return undefined;
  const key = system.key(`${servicesPath(system)}\\${name}`);
  return key && recordOf(key);
}

/** Changes what is given. False where there is no such service. */
export function changeService(system: Hive, name: string, change: ServiceChange): boolean {
  const service = findService(system, name);
  if (service === undefined) return false;
  const key = system.createKey(`${servicesPath(system)}\\${service.name}`);
  if (change.start !== undefined) key.setDword('Start', change.start);
  if (change.delayedAutoStart === true) key.setDword('DelayedAutoStart', 1);
  else if (change.delayedAutoStart === false) key.deleteValue('DelayedAutoStart');
  if (change.imagePath !== undefined) key.setExpandString('ImagePath', change.imagePath);
  if (change.displayName !== undefined) key.setString('DisplayName', change.displayName);
  if (change.objectName !== undefined) key.setString('ObjectName', change.objectName);
  if (change.dependencies !== undefined) key.setStrings('DependOnService', change.dependencies);
  return true;
}

function recordOf(key: HiveKey): ServiceRecord | undefined {
  const type = key.getDword('Type');
  if (type === undefined) return undefined;
  return {
    name: key.name,
    type,
    start: key.getDword('Start') ?? ServiceStart.demand,
    errorControl: key.getDword('ErrorControl') ?? 0,
    displayName: key.getString('DisplayName'),
    imagePath: key.getString('ImagePath'),
    objectName: key.getString('ObjectName'),
    group: key.getString('Group'),
    tag: key.getDword('Tag'),
    dependencies: key.getStrings('DependOnService') ?? [],
    delayedAutoStart: key.getDword('DelayedAutoStart') === 1,
  };
}
