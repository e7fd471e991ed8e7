export { type GptAttribute, hasAttribute, withAttribute } from './attributes';
export { createGpt, type NewGpt } from './create';
export {
  addPartition,
  changePartition,
  type FreeRange,
  freeRanges,
  removePartition,
  renewIdentifiers,
} from './edit';
export { PARTITION_TYPES, partitionTypeName } from './partition-types';
export { hasProtectiveMbr, protectiveMbrPatch } from './protective-mbr';
export { type GptCopy, type GptInspection, inspectGpt, readGpt } from './read-gpt';
export { repairGpt } from './repair';
export type { GptPartition, GuidPartitionTable } from './table';
export { gptPatches } from './write-gpt';
