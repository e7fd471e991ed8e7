import type { Hive } from '../regf';
import { RegistryValueError } from './registry-value-error';

/** Name of the control set that the system runs with, e.g. `ControlSet001`. Throws a RegistryValueError without one. */
export function currentControlSet(system: Hive): string {
  const current = system.key('Select')?.getDword('Current');
  if (current === undefined) {
    throw new RegistryValueError(
      { key: 'Select', value: 'Current' },
      0,
      'the hive has no Select\\Current, so it is no SYSTEM hive',
      'Take \\Windows\\System32\\config\\SYSTEM.',
    );
  }
  return `ControlSet${String(current).padStart(3, '0')}`;
}
