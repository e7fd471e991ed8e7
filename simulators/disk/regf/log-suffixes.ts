/**
 * What follows a hive's file name in those of its transaction logs: two since Vista, one before (specification of
 * regf, "Multiple transaction log files").
 */
export const HIVE_LOG_SUFFIXES = ['.LOG1', '.LOG2', '.LOG'] as const;
