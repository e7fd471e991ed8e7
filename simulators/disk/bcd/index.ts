export { aliasOfId, idOfAlias } from './aliases';
export { type BcdElement, BcdObject } from './bcd-object';
export { BcdFormatError, BcdStore, visitStore } from './bcd-store';
export { decodeDevice } from './decode-device';
export type {
  BcdDevice,
  BootDevice,
  FileDevice,
  LocateDevice,
  LocatedVhdDevice,
  PartitionDevice,
  RamdiskDevice,
  UnknownDevice,
  VhdDevice,
} from './device';
export { elementCode, elementName } from './element-names';
export {
  BOOT_MANAGER_ELEMENTS,
  DEVICE_OPTIONS_ELEMENTS,
  LIBRARY_ELEMENTS,
  MEMORY_TESTER_ELEMENTS,
  OS_LOADER_ELEMENTS,
  RESUME_ELEMENTS,
} from './element-tables';
export { type BcdValue, elementKind } from './element-value';
export { encodeDevice } from './encode-device';
export { createInstalledStore, type InstalledStoreOptions } from './installed-store';
export { BcdObjectType, objectApplication, objectClass } from './object-types';
export { addWindowsEntry, type BootFirmware } from './windows-entry';
