import { BcdObjectType as Type } from '../../../disk/bcd';

/** Types of the well-known entries, by alias. */
export const typesOfAliases: Readonly<Record<string, number>> = {
  '{bootmgr}': Type.bootManager,
  '{fwbootmgr}': Type.firmwareBootManager,
  '{memdiag}': Type.memoryTester,
  '{ntldr}': Type.legacyLoader,
  '{ramdiskoptions}': Type.deviceOptions,
  '{globalsettings}': Type.inheritAny,
  '{dbgsettings}': Type.inheritAny,
  '{emssettings}': Type.inheritAny,
  '{badmemory}': Type.inheritAny,
  '{bootloadersettings}': Type.inheritOsLoader,
  '{hypervisorsettings}': Type.inheritOsLoader,
  '{resumeloadersettings}': Type.inheritResume,
};

/** What may follow `/application`. */
export const applications: Readonly<Record<string, number>> = {
  bootapp: Type.bootApplication,
  bootsector: Type.bootSector,
  osloader: Type.osLoader,
  resume: Type.resume,
  startup: Type.startup,
};

/** "Inherited by application entries"; the application's own code follows in the low bits (formats.md 1.2). */
const BY_APPLICATION = 0x20200000;

/** What may follow `/inherit`; nothing means any entry. */
export const inheritances: Readonly<Record<string, number>> = {
  '': Type.inheritAny,
  bootmgr: BY_APPLICATION | 2,
  bootsector: BY_APPLICATION | 8,
  device: Type.inheritDevice,
  fwbootmgr: BY_APPLICATION | 1,
  memdiag: BY_APPLICATION | 5,
  ntldr: BY_APPLICATION | 6,
  osloader: Type.inheritOsLoader,
  resume: Type.inheritResume,
};
