import { existsSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Resolves when a file is there, in a folder which exists already. @throws when aborted */
export async function waitForFile(path: string, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const changes = watch(dirname(path));
  const over = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (existsSync(path)) resolve();
      };
      changes.on('change', look);
      changes.on('error', reject);
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { signal: over.signal });
      // Looked at once the watch is on, so that nothing falls between the two.
      look();
    });
  } finally {
    over.abort();
    changes.close();
  }
}
