export { findVolume, volumeRoot } from './find-volume';
export { deviceOfVolume, volumeOfDevice } from './partition-device';
export { volumeName } from './volume-name';
