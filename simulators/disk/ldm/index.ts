export { type CreatedDiskGroup, createDiskGroup, type DiskGroupRequest } from './create';
export { assembleGroups } from './group';
export type { DiskGroup, GroupVolume, VolumeComponent, VolumeExtent } from './group-types';
export { importAsIs } from './import';
export { type LdmMember, readMember } from './member';
export { repairCopies } from './repair';
export { type MemberPatches, openVolume, type VolumeReader } from './volume-reader';
