import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where runs are kept: `$RESCUE_LAB_REPORTS`, else `reports/` of the project. */
const defaultReports = (): string => process.env['RESCUE_LAB_REPORTS'] || resolve(__dirname, '../../reports');

/** Makes `reports/<date>-<time>` (UTC), with a number behind it when two runs start in one second. Returns its path. */
export function makeRunFolder(reports = defaultReports(), now = new Date()): string {
  mkdirSync(reports, { recursive: true });
  const name = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  for (let attempt = 1; ; attempt += 1) {
    const folder = join(reports, attempt === 1 ? name : `${name}-${attempt}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new Error(`Failed to make ${folder} for this run's report. Check who owns ${reports}.`, {
          cause: error,
        });
      }
    }
  }
}
