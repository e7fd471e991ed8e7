export { logsForHive } from './hive-logs';
export type { HiveStorage } from './hive-storage';
export { localHiveStorage } from './local-hive-storage';
export { saveHive } from './save-hive';
