import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseHive } from '../../../disk/regf';
import { createSystemHive } from '../../../disk/sam';
import { rescueHost, session } from './testing/session';

describe('automount', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'diskpart-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is kept where the mount manager has it, and scrubs letters of absent volumes', async () => {
    const file = join(root, 'Windows/System32/config/SYSTEM');
    await mkdir(join(root, 'Windows/System32/config'), { recursive: true });
    const hive = createSystemHive({
      computerName: 'X',
      bootKey: new Uint8Array(16),
      sanPolicy: 1,
      mountedDevices: [{ letter: 'Q', location: { style: 'mbr', signature: 1, offsetBytes: 2 ** 20 } }],
    });
    await writeFile(file, hive.serialize());
    const answers = await session(
      rescueHost(root),
      'automount',
      'automount disable',
      'automount',
      'automount scrub',
      'automount maybe',
    );
    expect(answers).toEqual([
      // In programs that read diskpart's output, both.
      'Automatic mounting of new volumes enabled.',
      'Automatic mounting of new volumes disabled.',
      'Automatic mounting of new volumes disabled.',
      // General knowledge.
      'DiskPart successfully scrubbed the mount point settings in the system.',
      'The arguments specified for this command are not valid.\nFor more information on the command type: HELP AUTOMOUNT',
    ]);
    const now = parseHive(await readFile(file));
    expect(now.key('ControlSet001\\Services\\mountmgr')?.getDword('NoAutoMount')).toBe(1);
    expect(now.key('MountedDevices')?.getBinary('\\DosDevices\\Q:')).toBeUndefined();
  });

  it('is on where no hive says otherwise, and cannot be changed there', async () => {
    expect(await session(rescueHost(root), 'automount', 'automount disable')).toEqual([
      'Automatic mounting of new volumes enabled.',
      'Virtual Disk Service error:\nAccess is denied.',
    ]);
  });
});
