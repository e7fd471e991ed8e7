import { existsSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Resolves when a file is there that is renamed into a folder which exists already. */
export async function waitForFile(path: string): Promise<void> {
  const changes = watch(dirname(path));
  try {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (existsSync(path)) resolve();
      };
      changes.on('change', look);
      changes.on('error', reject);
      // Looked at once the watch is on, so that nothing falls between the two.
      look();
    });
  } finally {
    changes.close();
  }
}
