import { describe, expect, it } from 'vitest';
import { MemoryHost } from '../../shell/testing/memory-host';
import { GiB, rescueHost, session } from './testing/session';

describe('disks', () => {
  it('brings a colliding disk online, whose volumes get letters and whose signature is new', async () => {
    const answers = await session(
      rescueHost(),
      'list volume',
      'sel disk 1',
      'online disk',
      'list volume',
      'uniqueid disk',
      'attributes disk',
      'online disk',
    );
    // Table: as in transcripts of versions 6.1 and 10.
    expect(answers[0]).toBe(
      [
        '  Volume ###  Ltr  Label        Fs     Type        Size     Status     Info',
        '  ----------  ---  -----------  -----  ----------  -------  ---------  --------',
        '  Volume 0     C                NTFS   Partition     20 GB  Healthy    Boot',
      ].join('\n'),
    );
    expect(answers[2]).toBe('DiskPart successfully onlined the selected disk.');
    expect(answers[3]).toContain('  Volume 1     D   System Rese  NTFS   Partition    100 MB  Healthy');
    expect(answers[4]).toBe('Disk ID: 5EED0001');
    // Seen on real Windows.
    expect(answers[5]?.split('\n')).toEqual([
      'Current Read-only State : No',
      'Read-only  : No',
      'Boot Disk  : No',
      'Pagefile Disk  : No',
      'Hibernation File Disk  : No',
      'Crashdump Disk  : No',
      'Clustered Disk  : No',
    ]);
    expect(answers[6]).toBe('Virtual Disk Service error:\nThis disk is already online.');
  });

  it('restores a signature as the retired Rackspace article does it', async () => {
    const host = rescueHost();
    const answers = await session(
      host,
      'SELECT DISK 1',
      'ONLINE DISK',
      'SELECT DISK 0',
      'UNIQUEID DISK',
      'UNIQUEID DISK id=AABBCCDD',
      'UNIQUEID DISK',
      'SELECT DISK 1',
      'UNIQUEID DISK id=42D9DECD',
      'UNIQUEID DISK',
      'UNIQUEID DISK id=XYZ',
    );
    expect([answers[3], answers[5], answers[8]]).toEqual([
      'Disk ID: 42D9DECD',
      'Disk ID: AABBCCDD',
      'Disk ID: 42D9DECD',
    ]);
    expect(answers[9]).toContain('The specified identifier is not in the correct format.');
    expect((await host.disks()).map(({ signature }) => signature)).toEqual([0xaabbccdd, 0x42d9decd]);
  });

  it('imports a foreign group, after its disks were brought online', async () => {
    const half = { dynamic: true, status: 'Offline', offlineReason: 'policy', sizeBytes: 50 * GiB } as const;
    const host = new MemoryHost([
      {},
      {
        ...half,
        volumes: [
          { type: 'Mirror', letter: 'E', diskNumbers: [2], location: { style: 'dynamic', volumeGuid: 'x' } },
        ],
      },
      half,
    ]);
    const answers = await session(
      host,
      ...['select disk 1', 'import', 'online disk', 'select disk 2', 'online disk', 'list disk'],
      ...['import', 'list disk', 'list volume'],
    );
    expect(answers[1]).toContain('The selected disk is not a foreign disk.');
    expect(answers[5]).toContain('  Disk 1    Foreign          50 GB      0 B   *');
    expect(answers[6]).toBe('DiskPart successfully imported the foreign disk.');
    expect(answers[7]).toContain('* Disk 2    Online           50 GB      0 B   *');
    expect(answers[8]).toContain('  Volume 0     E                NTFS   Mirror      9216 MB  Healthy');
  });

  it('clears the read-only mark, and takes disks offline except its own', async () => {
    const host = new MemoryHost([{}, { readOnly: true }]);
    const answers = await session(
      host,
      ...['select disk 1', 'attributes disk clear readonly', 'offline disk', 'select disk 0', 'offline disk'],
    );
    expect(answers[1]).toBe('Disk attributes cleared successfully.');
    expect(answers[2]).toBe('DiskPart successfully offlined the selected disk.');
    expect(answers[4]).toContain('Virtual Disk Service error:');
    expect((await host.disks()).map(({ readOnly, status }) => [readOnly, status])).toEqual([
      [false, 'Online'],
      [false, 'Offline'],
    ]);
  });

  it('passes on what the host refuses', async () => {
    const host = rescueHost();
    host.onlineDisk = () => Promise.reject(new Error('The disk did not answer.'));
    expect((await session(host, 'select disk 1', 'online disk'))[1]).toBe(
      'Virtual Disk Service error:\nThe disk did not answer.',
    );
  });
});
