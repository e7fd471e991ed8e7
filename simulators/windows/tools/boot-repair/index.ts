export { type BootDisk, bootDiskOf, findBootDisk } from './boot-disk';
export { addEntry, type NewEntry, newStore, requireDevice } from './boot-entry';
export { bootFolder, entriesOf, makeFolder, readStore, storePath, writeStore } from './boot-store';
export { writeDiskCode } from './disk-code';
export { asBootRepairFailure, BootRepairFailure, reasons } from './failure';
export { findInstallations, type Installation, installationOn } from './installations';
export { type BootLoader, writeVolumeCode } from './volume-code';
