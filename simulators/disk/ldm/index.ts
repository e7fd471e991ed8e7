export { type CreatedDiskGroup, type CreatedVolume, createDiskGroup, type DiskGroupRequest } from './create';
export {
  assembleGroups,
  type DiskGroup,
  type GroupVolume,
  type VolumeComponent,
  type VolumeExtent,
  type VolumeLayout,
} from './group';
export { importAsIs } from './import';
export { type LdmMember, readMember } from './member';
