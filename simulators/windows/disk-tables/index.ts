export { type DiskTable, readDiskTable, type TablePartition } from './disk-table';
export { defaultAlignment, type Extent, freeExtents, type PlaceRequest, placeIn } from './free-space';
export {
  GptAttribute,
  isHiddenType,
  isProtectedType,
  isVolumeType,
  PartitionType,
} from './partition-types';
export {
  addPartition,
  changeGuids,
  changeSignature,
  cleanDisk,
  initialiseGpt,
  initialiseMbr,
  NEW_EXTENDED,
  type NewPartition,
  removePartition,
  setActive,
  setAttributes,
  setType,
} from './table-edits';
