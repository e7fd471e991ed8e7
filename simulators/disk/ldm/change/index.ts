export { changeGroup, type GroupChangeOptions } from './change-group';
export { createVolume, type NewVolumeRequest } from './create-volume';
export { deleteMissingDisk, deleteVolume } from './delete-objects';
export { freeRuns, freeSectors } from './free-space';
export { GroupChangeError, type GroupRefusal } from './group-change-error';
export { GroupDraft } from './group-draft';
export { addMirror, breakMirror } from './mirror';
export { repairVolume } from './repair-volume';
export { type Extension, extendVolume, shrinkVolume } from './resize-volume';
