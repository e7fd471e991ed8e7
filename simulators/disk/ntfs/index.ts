export { bootCodePatches } from './boot-code';
export { isNtfsBootSector, type NtfsBootSector, parseNtfsBootSector } from './boot-sector';
export { dirtyFlagPatches } from './dirty-flag';
export { type NtfsVolume, readNtfs } from './ntfs-volume';
export { recogniseVolume } from './recognise';
export type { VolumeIdentity } from './volume-identity';
