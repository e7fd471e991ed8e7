export { crc32 } from './crc32';
export { readGpt } from './partition-table';
