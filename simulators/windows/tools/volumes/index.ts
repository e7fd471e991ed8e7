export { findVolume, volumeRoot } from './find-volume';
export { deviceOfVolume, volumeOfDevice } from './partition-device';
export { runningVolume } from './running-volume';
export { changeSystemHive } from './system-hive';
export { volumeName } from './volume-name';
