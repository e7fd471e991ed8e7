import { describe, expect, it } from 'vitest';
import { rescueHost, session } from './testing/session';

describe('letters', () => {
  it('gives and takes letters', async () => {
    const host = rescueHost();
    const answers = await session(
      host,
      ...[
        'select disk 1',
        'online disk',
        'select volume D',
        'assign letter=S',
        'remove letter=X',
        'remove',
        'assign',
      ],
      ...['select volume c', 'remove', 'select volume 2', 'assign letter=c', 'select volume 9', 'assign'],
    );
    expect(answers.slice(2)).toEqual([
      'Volume 1 is the selected volume.',
      'DiskPart successfully assigned the drive letter or mount point.',
      'The selected volume has no such drive letter.',
      'DiskPart successfully removed the drive letter or mount point.',
      'DiskPart successfully assigned the drive letter or mount point.',
      'Volume 0 is the selected volume.',
      'Virtual Disk Service error:\nAssigning or removing drive letters on the current boot or pagefile\nvolume is not allowed.',
      'Volume 2 is the selected volume.',
      'The specified drive letter is not free to be assigned.',
      'The volume you selected is not valid or does not exist.\n\nThere is no volume selected.',
      'There is no volume selected.\nPlease select a volume and try again.',
    ]);
    expect((await host.volumes()).map(({ letter }) => letter)).toEqual(['C', 'D', 'E']);
  });
});
