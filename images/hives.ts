import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createHive } from '../simulators/disk/regf';
import type { WindowsDiskOptions } from './recipes/windows-disk';

export async function writeHives(
  folder: string,
  options: WindowsDiskOptions,
  _volumes: unknown,
): Promise<void> {
  const s = createHive('ROOT');
  s.createKey('Select').setDword('Current', 1);
  await writeFile(path.join(folder, 'SYSTEM'), s.serialize());
}
