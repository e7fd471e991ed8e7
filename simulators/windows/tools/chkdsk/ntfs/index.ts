export { readDirtyFlag, readVolumeFacts, type VolumeFacts } from './volume-facts';
