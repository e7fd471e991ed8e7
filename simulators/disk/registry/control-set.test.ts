import { beforeEach, expect, it } from 'vitest';
import type { Hive } from '../regf';
import { createSystemHive } from '../sam';
import { chooseControlSet, confirmControlSet, currentControlSet } from '.';

let system: Hive;
beforeEach(() => {
  system = createSystemHive({ computerName: 'WEB01', bootKey: new Uint8Array(16) });
  system.createKey('ControlSet002\\Control');
});
const put = (values: Readonly<Record<string, number>>) => {
  for (const [name, value] of Object.entries(values)) system.createKey('Select').setDword(name, value);
};
const numbers = () =>
  ['Current', 'Default', 'Failed', 'LastKnownGood'].map((name) => system.key('Select')?.getDword(name));

it('a start takes the default control set', () => {
  expect(chooseControlSet(system, 'default')).toBe(false);
  put({ Default: 2 });
  expect(chooseControlSet(system, 'default')).toBe(true);
  expect(numbers()).toEqual([2, 2, 0, 1]);
  expect(currentControlSet(system)).toBe('ControlSet002');
});

it('the last known good one becomes the default, and the other one has failed', () => {
  put({ Current: 2, Default: 2 });
  expect(chooseControlSet(system, 'last-known-good')).toBe(true);
  expect(numbers()).toEqual([1, 1, 2, 1]);
});

it('a control set that is not there is not taken', () => {
  put({ Default: 3 });
  expect(chooseControlSet(system, 'default')).toBe(false);
  expect(currentControlSet(system)).toBe('ControlSet001');
});

it('a logon makes the current one the last known good one', () => {
  put({ Current: 2 });
  expect(confirmControlSet(system)).toBe(true);
  expect(numbers()).toEqual([2, 1, 0, 2]);
  expect(confirmControlSet(system)).toBe(false);
});
