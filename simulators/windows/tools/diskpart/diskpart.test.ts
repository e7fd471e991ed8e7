import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHive, parseHive } from '../../../disk/regf';
import { MemoryHost } from '../../shell/testing/memory-host';
import { runCommand, runTyped } from '../../shell/testing/run';
import { diskpart } from '.';
import { diskPartSize } from './tables';

const programs = new Map([['diskpart', diskpart]]);
const GiB = 2 ** 30;
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'diskpart-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** The rescue system of a cloned server: the customer's disk carries the same signature and stays offline. */
function rescueHost(version = '10.0.17763') {
  const signature = 0x42d9decd;
  return new MemoryHost(
    [
      {
        sizeBytes: 20 * GiB,
        signature,
        volumes: [{ letter: 'C', info: 'Boot', sizeBytes: 20 * GiB, mountPoint: root }],
      },
      {
        sizeBytes: 40 * GiB,
        freeBytes: 2 ** 20,
        status: 'Offline',
        offlineReason: 'collision',
        signature,
        volumes: [{ label: 'System Reserved', sizeBytes: 100 * 2 ** 20 }, { sizeBytes: 39 * GiB }],
      },
    ],
    version,
  );
}

/** What diskpart says to each line, without the banner and the prompt. */
async function session(host: MemoryHost, ...lines: readonly string[]): Promise<readonly string[]> {
  const { output } = await runCommand({ host, programs }, 'diskpart', `${lines.join('\n')}\n`);
  return output
    .split('\r\nDISKPART> ')
    .slice(1, -1)
    .map((text) => text.replaceAll('\r\n', '\n').trim());
}

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

describe('diskpart', () => {
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
      'exit',
    );
    // Table: general knowledge of real Windows.
    expect(answers[0]).toBe(
      [
        'Volume ###  Ltr  Label        Fs     Type        Size     Status     Info',
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
      'exit',
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
      ...['import', 'list disk', 'list volume', 'exit'],
    );
    expect(answers[1]).toContain('The selected disk is not a foreign disk.');
    expect(answers[5]).toContain('  Disk 1    Foreign          50 GB      0 B   *');
    expect(answers[6]).toBe('DiskPart successfully imported the foreign disk.');
    expect(answers[7]).toContain('* Disk 2    Online           50 GB      0 B   *');
    expect(answers[8]).toContain('  Volume 0     E                NTFS   Mirror      9216 MB  Healthy');
  });

  it('shows a disk in detail', async () => {
    const [, detail] = await session(rescueHost(), 'select disk 0', 'detail disk', 'exit');
    expect(detail).toContain('QEMU HARDDISK\nDisk ID: 42D9DECD\nType   : SATA\nStatus : Online\n');
    expect(detail).toContain('Boot Disk  : Yes\n');
    expect(detail).toContain('\n  Volume 0     C ');
  });

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
      ...[
        'select volume c',
        'remove',
        'select volume 2',
        'assign letter=c',
        'select volume 9',
        'assign',
        'exit',
      ],
    );
    expect(answers.slice(2)).toEqual([
      'Volume 1 is the selected volume.',
      'DiskPart successfully assigned the drive letter or mount point.',
      'The selected volume has no such drive letter.',
      'DiskPart successfully removed the drive letter or mount point.',
      'DiskPart successfully assigned the drive letter or mount point.',
      'Volume 0 is the selected volume.',
      'Virtual Disk Service error:\nThe drive letter of the current boot or pagefile volume cannot be changed.',
      'Volume 2 is the selected volume.',
      'The specified drive letter is not free to be assigned.',
      'The volume you selected is not valid or does not exist.\n\nThere is no volume selected.',
      'There is no volume specified.\nPlease select a volume and try again.',
    ]);
    expect((await host.volumes()).map(({ letter }) => letter)).toEqual(['C', 'D', 'E']);
  });

  it('asks for a disk first', async () => {
    // Seen on real Windows.
    const noDisk = 'There is no disk currently selected.\nPlease select a disk and try again.';
    expect(await session(rescueHost(), 'online disk', 'offline disk', 'uniqueid disk', 'exit')).toEqual([
      noDisk,
      noDisk,
      noDisk,
    ]);
  });

  it('clears the read-only mark, and takes disks offline except its own', async () => {
    const host = new MemoryHost([{}, { readOnly: true }]);
    const answers = await session(
      host,
      ...[
        'select disk 1',
        'attributes disk clear readonly',
        'offline disk',
        'select disk 0',
        'offline disk',
        'exit',
      ],
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
    expect((await session(host, 'select disk 1', 'online disk', 'exit'))[1]).toBe(
      'Virtual Disk Service error:\nThe disk did not answer.',
    );
  });

  it('rescans, and answers what it does not know with its commands', async () => {
    const [scan, help] = await session(rescueHost(), 'rescan', 'format', 'exit');
    expect(scan).toMatch(/DiskPart has finished scanning your configuration\.$/);
    expect(help).toMatch(/^ASSIGN {6}- /);
  });
});

describe('the SAN policy', () => {
  it('is kept in the current control set of the SYSTEM hive', async () => {
    const hive = createHive('SYSTEM');
    hive.createKey('Select').setDword('Current', 2);
    hive.createKey('ControlSet002\\Services\\partmgr\\Parameters').setDword('SanPolicy', 3);
    const file = join(root, 'Windows/System32/config/SYSTEM');
    await mkdir(join(root, 'Windows/System32/config'), { recursive: true });
    await writeFile(file, hive.serialize());
    const answers = await session(
      rescueHost(),
      'san',
      'san policy=OnlineAll',
      'san',
      'san policy=Maybe',
      'exit',
    );
    expect(answers).toEqual([
      'SAN Policy  : Offline All',
      // Seen on real Windows, with the blank.
      'DiskPart successfully changed the SAN policy for the current operating system .',
      'SAN Policy  : Online All',
      'The arguments specified for this command are not valid.',
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
    expect(await session(rescueHost(), 'san', 'san policy=OnlineAll', 'exit')).toEqual([
      'SAN Policy  : Offline Shared',
      'Virtual Disk Service error:\nThe system cannot find the path specified.',
    ]);
  });
});

describe('a script', () => {
  const run = async (host: MemoryHost, text: string) => {
    await writeFile(join(root, 'fix.txt'), text);
    return runCommand({ host, programs }, 'diskpart /s C:\\fix.txt');
  };

  it('runs without prompts', async () => {
    const { output, exitCode } = await run(rescueHost(), 'rem a comment\r\nselect disk=1\r\nonline disk\r\n');
    expect(exitCode).toBe(0);
    expect(output).not.toContain('DISKPART>');
    expect(output.split('\r\n').slice(5)).toEqual([
      '',
      'Disk 1 is now the selected disk.',
      '',
      'DiskPart successfully onlined the selected disk.',
      '',
      'Leaving DiskPart...',
      '',
    ]);
  });

  it('stops at an error that is not expected', async () => {
    const { output, exitCode } = await run(rescueHost(), 'online disk\nlist disk\n');
    expect(exitCode).toBe(4);
    expect(output).not.toContain('Disk ###');
    expect((await run(rescueHost(), 'online disk noerr\nlist disk\n')).output).toContain('Disk ###');
    expect((await run(rescueHost(), 'frobnicate\n')).exitCode).toBe(5);
    expect((await runCommand({ host: rescueHost(), programs }, 'diskpart /s C:\\no.txt')).exitCode).toBe(3);
    expect((await runCommand({ host: rescueHost(), programs }, 'diskpart /x')).exitCode).toBe(2);
  });

  it('may come through a pipe', async () => {
    const { output } = await runCommand(
      { host: rescueHost(), programs },
      '(echo select disk 1& echo online disk& echo exit) | diskpart',
    );
    expect(output).toContain('DiskPart successfully onlined the selected disk.\r\n');
  });
});

describe('on a terminal', () => {
  it('Ctrl-C leaves diskpart for the shell', async () => {
    const { output } = await runTyped(
      { host: rescueHost(), programs, remote: false },
      'diskpart\rlist\u0003ver\rexit\r',
      {
        columns: 80,
        rows: 25,
      },
    );
    expect(output).toContain('\r\nDISKPART> list^C\r\n\r\nC:\\>ver\r\n');
  });
});
