import { describe, expect, it } from 'vitest';
import { type DiskTable, decideNtldr, defaultIniEntry, parseBootIni } from '.';
import { parseArcPath } from './boot-ini';

const INI = `[boot loader]
timeout=30
default=multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS
[operating systems]
multi(0)disk(0)rdisk(0)partition(2)\\WINNT="Windows 2000" /fastdetect
multi(0)disk(0)rdisk(0)partition(1)\\windows="Windows Server 2003, Standard" /noexecute=optout /fastdetect
`;

const disk = (signature: number): DiskTable => ({
  style: 'mbr',
  signature,
  // In the order of their places on the disk: the logical drive lies before the second primary partition.
  partitions: [
    { offsetBytes: 1 << 20, number: 1 },
    { offsetBytes: 2 << 20, number: 3 },
    { offsetBytes: 3 << 20, number: 2 },
  ],
});

const start = (path: string, bootDisk = 0) =>
  decideNtldr({ path, description: 'Windows', switches: '/fastdetect' }, [disk(0xa), disk(0xb)], bootDisk);

describe('boot.ini', () => {
  it('names systems, time and default', () => {
    const ini = parseBootIni(INI.replaceAll('\n', '\r\n'));
    expect(ini).toMatchObject({ timeout: 30, invalid: false });
    expect(ini.entries.map(({ description }) => description)).toEqual([
      'Windows 2000',
      'Windows Server 2003, Standard',
    ]);
    expect(defaultIniEntry(ini)).toEqual({
      path: 'multi(0)disk(0)rdisk(0)partition(1)\\windows',
      description: 'Windows Server 2003, Standard',
      switches: '/noexecute=optout /fastdetect',
    });
  });

  it('starts the first system where the default names none', () => {
    expect(defaultIniEntry(parseBootIni(INI.replace('(1)\\WINDOWS', '(4)\\X'))).description).toBe(
      'Windows 2000',
    );
  });

  it.each([undefined, '', '[boot loader]\ntimeout=5\n'])(
    'is made up where it names no system (%j)',
    (text) => {
      expect(parseBootIni(text)).toMatchObject({
        invalid: true,
        timeout: 0,
        entries: [{ path: 'multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS' }],
      });
    },
  );

  it('has ARC paths of two kinds', () => {
    expect(parseArcPath('multi(0)disk(0)rdisk(1)partition(2)\\WINNT')).toEqual({
      disk: { kind: 'number', number: 1 },
      partition: 2,
      folder: '\\WINNT',
    });
    expect(parseArcPath('signature(8b467c12)disk(1)rdisk(0)partition(2)')).toMatchObject({
      disk: { kind: 'signature', signature: 0x8b467c12 },
      folder: '\\',
    });
    expect(parseArcPath('scsi(0)disk(0)rdisk(0)partition(1)\\WINDOWS')).toBeUndefined();
  });
});

describe('NTLDR', () => {
  it('counts partitions as Windows does, and disks from the one that was booted', () => {
    expect(start('multi(0)disk(0)rdisk(0)partition(2)\\WINDOWS')).toEqual({
      kind: 'start',
      description: 'Windows',
      place: { disk: 0, partition: 2 },
      systemRoot: '\\WINDOWS',
      loadOptions: '/fastdetect',
    });
    expect(start('multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS', 1)).toMatchObject({ place: { disk: 1 } });
    expect(start('multi(0)disk(0)rdisk(1)partition(1)\\WINDOWS', 1)).toMatchObject({ place: { disk: 0 } });
  });

  it('finds a disk by its signature', () => {
    expect(start('signature(b)disk(0)rdisk(0)partition(1)\\W')).toMatchObject({ place: { disk: 1 } });
  });

  it.each(['multi(0)disk(0)rdisk(2)partition(1)\\W', 'multi(0)disk(0)rdisk(0)partition(4)\\W', 'nonsense'])(
    'cannot read from %s',
    (path) => {
      expect(start(path)).toMatchObject({
        kind: 'failure',
        info: 'Windows could not start because of a computer disk hardware',
      });
    },
  );
});
