import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fileDisk,
  haveCommand,
  haveSamples,
  type MemoryDisk,
  scratchFolder,
  unpackSamples,
} from '../testing/ldm-samples';
import { assembleGroups, type LdmMember, openVolume, readMember } from './index';

const haveFls = haveCommand('fls') && haveCommand('icat');
const haveNtfscat = haveCommand('ntfscat') && haveCommand('ntfsinfo');

/** Volume label, and the disks by which a volume can go on without. */
const VOLUMES = [
  { name: 'Volume1', label: 'Spanned', spare: [] },
  { name: 'Volume2', label: 'Striped', spare: [] },
  { name: 'Volume3', label: 'Mirrored', spare: ['Disk5', 'Disk6'] },
  { name: 'Volume4', label: 'Raid5', spare: ['Disk7', 'Disk8', 'Disk9'] },
  { name: 'Volume5', label: '', spare: [] },
] as const;
const CASES = VOLUMES.flatMap(({ name, label, spare }) =>
  ['none', ...spare].map((absent) => ({ name, label, absent })),
);

describe.skipIf(!haveSamples)('volumes of a real Windows Server 2008 R2, read through openVolume', () => {
  const folder = scratchFolder();
  const disks = new Map<string, MemoryDisk>();
  let paths: string[];

  beforeAll(() => {
    paths = unpackSamples(folder.path);
    for (const path of paths) disks.set(path, fileDisk(path));
  });
  afterAll(() => folder.remove());

  /** Copies the volume out and gives the path of the copy. */
  const copyOut = (name: string, absent: string): string => {
    const read = [...disks.values()].map((disk) => ({ disk, member: readMember(disk)! }));
    const everything = assembleGroups(read.map(({ member }) => member))[0]!;
    const gone = everything.disks.find((disk) => disk.name === absent)?.member;
    const present = read.filter(({ member }) => member !== gone);
    const group = assembleGroups(present.map(({ member }) => member))[0]!;
    const diskOf = (wanted: LdmMember) => present.find(({ member }) => member === wanted)?.disk;
    const volume = openVolume(group.volumes.find((each) => each.name === name)!, diskOf);
    expect(volume.degraded).toBe(absent !== 'none');
    const path = join(folder.path, `${name}.ntfs`);
    writeFileSync(path, volume.read(0, volume.sizeBytes));
    return path;
  };

  const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8' });

  it.skipIf(!haveFls || !haveNtfscat).each(CASES)(
    '$name, absent disk: $absent. fls, icat and ntfscat read test.txt',
    ({ name, label, absent }) => {
      const path = copyOut(name, absent);
      const inode = /(\d+)-128-\d+:\ttest\.txt/.exec(run('fls', path))?.[1];
      expect(inode).toBeDefined();
      const text = run('icat', path, inode!);
      expect(text.length).toBeGreaterThan(0);
      expect(run('ntfscat', path, 'test.txt')).toBe(text);
      const info = run('ntfsinfo', '-m', path);
      if (label !== '') expect(info).toContain(`Volume Name: ${label}`);
      expect(info).toContain('Volume Version: 3.1');
      rmSync(path);
    },
  );
});
