export { autoMounts, forgetAbsentVolumes, setAutoMount } from './auto-mount';
export {
  changeHiveFile,
  changeSystemHive,
  type HiveContext,
  now,
  readHiveFile,
  readSystemHive,
  systemHiveFile,
} from './hive-files';
export { tryChangeSystem } from './try-change';
