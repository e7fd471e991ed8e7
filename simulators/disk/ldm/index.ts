export {
  addMirror,
  breakMirror,
  changeGroup,
  createVolume,
  deleteMissingDisk,
  deleteVolume,
  type Extension,
  extendVolume,
  freeRuns,
  freeSectors,
  GroupChangeError,
  type GroupDraft,
  type GroupRefusal,
  type NewVolumeRequest,
  repairVolume,
  shrinkVolume,
} from './change';
export { type CreatedDiskGroup, createDiskGroup, type DiskGroupRequest } from './create';
export { assembleGroups, readGroups } from './group';
export type { DiskGroup, GroupVolume, VolumeComponent, VolumeExtent } from './group-types';
export { importAsIs } from './import';
export { afterResync, markVolumes } from './mark-volumes';
export { type LdmMember, readMember } from './member';
export { importMerge } from './merge';
export { repairCopies } from './repair';
export { planResync, type ResyncPlan, resyncStep } from './resync';
export type { MemberPatches } from './volume-column';
export { openVolume, type VolumeReader } from './volume-reader';
