export { type DiskTable, readDiskTable, type TablePartition } from './disk-table';
export { type DynamicGptRefusal, dynamicGpt } from './dynamic-gpt';
export { defaultAlignment, type Extent, freeExtents, type PlaceRequest, placeIn } from './free-space';
export { isVolumeOf } from './is-volume-of';
export { isHiddenType, isProtectedType, isVolumeType, MbrType } from './partition-types';
export {
  addPartition,
  changeGuids,
  changeSignature,
  cleanDisk,
  initialiseGpt,
  initialiseMbr,
  type NewPartition,
  removePartition,
  setActive,
  setAttributes,
  setSize,
  setType,
} from './table-edits';
