export { findVolume, volumeRoot } from './find-volume';
export { deviceOfVolume, volumeOfDevice } from './partition-device';
export { runningVolume } from './running-volume';
export { volumeName } from './volume-name';
