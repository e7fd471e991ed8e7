import { describe, expect, it } from 'vitest';
import { MemoryHost } from '../../shell/testing/memory-host';
import { runCommand } from '../../shell/testing/run';
import { diskPartSize } from './tables';
import { GiB, programs, rescueHost, session } from './testing/session';

describe('sizes', () => {
  // 931 GB, 10 GB, 1024 KB, 0 B: from a transcript of real Windows; 7640 MB is how an 8 GB stick shows.
  it.each([
    [1_000_204_886_016, '931 GB'],
    [10 * GiB, '10 GB'],
    [2 ** 20, '1024 KB'],
    [0, '0 B'],
    [7640 * 2 ** 20, '7640 MB'],
    [100 * 2 ** 20, '100 MB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(diskPartSize(bytes)).toBe(text);
  });
});

describe('what diskpart shows', () => {
  it('lists disks as real Windows does', async () => {
    // Layout of a transcript of version 6.1.
    const host = new MemoryHost(
      [
        { sizeBytes: 1_000_204_886_016, guid: '0b2394a9-095e-487d-8d48-719ecd4d78ca' },
        { sizeBytes: 10 * GiB, freeBytes: 2 ** 20, status: 'Offline' },
      ],
      '6.1.7601',
    );
    const { output } = await runCommand({ host, programs }, 'diskpart', 'select disk 1\nlist disk\nexit\n');
    expect(output.split('\r\n')).toEqual([
      '',
      'Microsoft DiskPart version 6.1.7601',
      'Copyright (C) 1999-2008 Microsoft Corporation.',
      'On computer: WINRESCUEOVH',
      '',
      'DISKPART> ',
      'Disk 1 is now the selected disk.',
      '',
      'DISKPART> ',
      '  Disk ###  Status         Size     Free     Dyn  Gpt',
      '  --------  -------------  -------  -------  ---  ---',
      '  Disk 0    Online          931 GB      0 B        *',
      '* Disk 1    Offline          10 GB  1024 KB',
      '',
      'DISKPART> ',
      'Leaving DiskPart...',
      '',
    ]);
  });

  it('shows a disk in detail', async () => {
    const [, detail] = await session(rescueHost(), 'select disk 0', 'detail disk');
    expect(detail).toContain('QEMU HARDDISK\nDisk ID: 42D9DECD\nType   : SATA\nStatus : Online\n');
    expect(detail).toContain('Boot Disk  : Yes\n');
    expect(detail).toContain('\n  Volume 0     C ');
  });

  it('asks for a disk first', async () => {
    // Seen on real Windows.
    const noDisk = 'There is no disk currently selected.\nPlease select a disk and try again.';
    expect(await session(rescueHost(), 'online disk', 'offline disk', 'uniqueid disk')).toEqual([
      noDisk,
      noDisk,
      noDisk,
    ]);
  });
});
