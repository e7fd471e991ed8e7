import { defineParameterType } from '@cucumber/cucumber';
import type { BootFirmware, InstalledProfileId } from '../simulators/windows/profiles';
import { type Repair, repairs } from './boot-repair-ways';
import { damageNamed, damages } from './disk-damage';

/** `Windows Server 2008 R2`: the profile's id. */
defineParameterType({
  name: 'windows',
  regexp: /Windows Server 20\d\d(?: R2)?/,
  transformer: (name: string) => name.toLowerCase().replaceAll(' ', '-') as InstalledProfileId,
});

defineParameterType({
  name: 'firmware',
  regexp: /BIOS|UEFI/,
  transformer: (name: string) => name as BootFirmware,
});

/** An NTSTATUS as failure screens write it. */
defineParameterType({ name: 'status', regexp: /0x[0-9a-f]{8}/, transformer: (status: string) => status });

defineParameterType({
  name: 'damage',
  regexp: new RegExp(Object.keys(damages).sort(longerFirst).join('|')),
  transformer: damageNamed,
});

defineParameterType({
  name: 'repair',
  regexp: new RegExp(Object.keys(repairs).sort(longerFirst).join('|')),
  transformer: (name: string) => repairs[name] as Repair,
});

function longerFirst(one: string, other: string): number {
  return other.length - one.length;
}
