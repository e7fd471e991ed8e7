import { resolve } from 'node:path';

/** Name of the environment variable by which the runner tells everyone below it where the run's folder is. */
export const RUN_FOLDER_VARIABLE = 'RESCUE_LAB_RUN_FOLDER';

/** The absolute folder of this run. A run started without the runner (bare cucumber-js) writes to `reports/direct`. */
export function runFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment[RUN_FOLDER_VARIABLE] ?? 'reports/direct');
}
