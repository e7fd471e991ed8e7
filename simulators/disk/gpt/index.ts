export { readGpt } from './partition-table';
