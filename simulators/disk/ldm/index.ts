export { type CreatedDiskGroup, createDiskGroup, type DiskGroupRequest } from './create';
export {
  assembleGroups,
  type DiskGroup,
  type GroupVolume,
  type VolumeComponent,
  type VolumeExtent,
} from './group';
export { importAsIs } from './import';
export { type LdmMember, readMember } from './member';
