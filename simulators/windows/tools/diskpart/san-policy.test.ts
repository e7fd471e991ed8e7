import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHive, parseHive } from '../../../disk/regf';
import { rescueHost, session } from './testing/session';

describe('the SAN policy', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'diskpart-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is kept in the current control set of the SYSTEM hive', async () => {
    const hive = createHive('SYSTEM');
    hive.createKey('Select').setDword('Current', 2);
    hive.createKey('ControlSet002\\Services\\partmgr\\Parameters').setDword('SanPolicy', 3);
    const file = join(root, 'Windows/System32/config/SYSTEM');
    await mkdir(join(root, 'Windows/System32/config'), { recursive: true });
    await writeFile(file, hive.serialize());
    const answers = await session(rescueHost(root), 'san', 'san policy=OnlineAll', 'san', 'san policy=Maybe');
    expect(answers).toEqual([
      'SAN Policy  : Offline All',
      // Seen on real Windows, with the blank.
      'DiskPart successfully changed the SAN policy for the current operating system .',
      'SAN Policy  : Online All',
      'The arguments specified for this command are not valid.\nFor more information on the command type: HELP SAN',
    ]);
    const parameters = 'ControlSet002\\Services\\partmgr\\Parameters';
    expect(
      parseHive(await readFile(file))
        .key(parameters)
        ?.getDword('SanPolicy'),
    ).toBe(1);
  });

  it('is the default of servers where no hive says otherwise, and cannot be set there', async () => {
    // `SAN Policy  : Offline Shared` was seen on a real server.
    expect(await session(rescueHost(root), 'san', 'san policy=OnlineAll')).toEqual([
      'SAN Policy  : Offline Shared',
      'Virtual Disk Service error:\nThe system cannot find the path specified.',
    ]);
  });
});
