import type { Hive } from '../regf';
import { RegistryValueError } from './registry-value-error';

const controlSetName = (number: number): string => `ControlSet${String(number).padStart(3, '0')}`;

/**
 * Makes a control set the current one, as the loader and the kernel do at each start: `Select\\Default`, or
 * `Select\\LastKnownGood`, which then becomes the default while the other one is noted as failed (KB102984 and KB317246).
 * A number without a control set changes nothing (our choice). Returns whether anything changed.
 */
export function chooseControlSet(system: Hive, which: 'default' | 'last-known-good'): boolean {
  const select = system.key('Select');
  const before = select?.getDword('Default');
  const chosen = which === 'default' ? before : select?.getDword('LastKnownGood');
  if (select === undefined || chosen === undefined || system.key(controlSetName(chosen)) === undefined)
    return false;
  if (chosen !== before) {
    select.setDword('Failed', before ?? 0);
    select.setDword('Default', chosen);
  } else if (select.getDword('Current') === chosen) return false;
  select.setDword('Current', chosen);
  return true;
}

/**
 * Notes that the current control set is good, as Windows does after the first logon. Returns whether anything changed.
 */
export function confirmControlSet(system: Hive): boolean {
  const select = system.key('Select');
  const current = select?.getDword('Current');
  if (select === undefined || current === undefined || select.getDword('LastKnownGood') === current)
    return false;
  select.setDword('LastKnownGood', current);
  return true;
}

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
  return controlSetName(current);
}
