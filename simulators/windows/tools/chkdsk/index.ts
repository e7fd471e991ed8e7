export { chkdsk } from './chkdsk';
export { readDirtyFlag } from './volume-facts';
