export { chkdsk } from './chkdsk';
export { readDirtyFlag } from './ntfs';
