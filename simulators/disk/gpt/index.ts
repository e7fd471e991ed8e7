export { type GptPartition, type GuidPartitionTable, readGpt } from './partition-table';
