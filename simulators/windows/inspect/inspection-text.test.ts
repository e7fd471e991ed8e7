import { describe, expect, it } from 'vitest';
import { inspectionText } from './inspection-text';
import { inspection } from './testing/inspected';

describe('the text of an inspection', () => {
  it('goes section by section, without those that have nothing to say', () => {
    expect(inspectionText(inspection()).trimEnd().split('\n')).toEqual([
      'Disks',
      '  Disk 0  Online, 1.5 GiB, MBR, signature DDBA6BBB',
      '          /images/server.qcow2 (qcow2)',
      '    1  NTFS (07), 1 MiB at sector 2048, active: C:',
      '',
      'Volumes',
      '  C:  NTFS "Windows", 1 MiB, Partition on disk 0, Healthy',
      '',
      'Windows',
      '  C:\\Windows  Windows Server 2008 R2 Standard, version 6.1.7601, computer KUNDE-01',
      '    Firewall: domain on, public off',
      '    SAN policy: Offline Shared',
      '    Account Administrator: administrator, enabled, locked, has a password',
      '    Account Guest: user, disabled, no password',
      '',
      'At power-on',
      '  ✓ BIOS: "Windows" starts from disk 0, partition 1 (C:).',
      '',
      'To look at',
      '  ✓ Nothing was found.',
    ]);
  });

  it('shows disk groups with what is missing and out of date', () => {
    const text = inspectionText(
      inspection({
        groups: [
          {
            name: 'KUNDE-01-Dg0',
            guid: '06490001-fbfd-11e1-8cf9-52540061f5db',
            disks: [
              { name: 'Disk1', disk: 0 },
              { name: 'Disk2', disk: undefined },
            ],
            volumes: [
              {
                name: 'Volume1',
                layout: 'raid5',
                sizeBytes: 8 << 20,
                dirty: true,
                behind: [2],
                mountHint: 'E:',
              },
            ],
            foreign: 'It is foreign.',
          },
        ],
      }),
    );
    expect(text).toContain(
      [
        'Disk groups',
        '  KUNDE-01-Dg0 {06490001-fbfd-11e1-8cf9-52540061f5db}',
        '    Disk1: disk 0',
        '    Disk2: missing',
        '    Volume1: raid5, 8 MiB, copies may differ, disk 2 out of date',
        '    It is foreign.',
      ].join('\n'),
    );
  });

  it('shows stores with each device, and whether it is found', () => {
    const device = { element: 'device', text: 'partition=C:', explanation: 'disk 0', resolved: true };
    const text = inspectionText(
      inspection({
        stores: [
          {
            path: 'C:\\Boot\\BCD',
            entries: [
              {
                identifier: '{default}',
                description: 'Windows',
                isDefault: true,
                devices: [device, { ...device, resolved: false, text: 'unknown', explanation: 'nowhere' }],
              },
            ],
            damage: undefined,
          },
          { path: 'D:\\Boot\\BCD', entries: [], damage: 'No hive.' },
        ],
      }),
    );
    expect(text).toContain(
      '  C:\\Boot\\BCD\n    {default} "Windows", the default\n      ✓ device partition=C:',
    );
    expect(text).toMatch(/✗ device unknown → nowhere/);
    expect(text).toContain('  D:\\Boot\\BCD\n    ✗ No hive.');
  });

  it('says what is not known', () => {
    const { windows, disks } = inspection();
    const unknown = {
      ...windows[0]!,
      productName: undefined,
      version: undefined,
      computerName: undefined,
      firewall: undefined,
      sanPolicy: undefined,
      accounts: [],
    };
    const raw = { ...disks[0]!, style: 'raw', identity: undefined, sizeBytes: 100, partitions: [] } as const;
    const text = inspectionText(
      inspection({ windows: [unknown], disks: [raw], problems: ['The disk is empty.'] }),
    );
    expect(text).toContain('Disk 0  Online, 100 bytes, not initialised\n');
    expect(text).toContain('C:\\Windows  product unknown, version unknown, computer without a name\n');
    expect(text).toContain('Firewall: unknown\n    SAN policy: not set\n');
    expect(text).toContain('✗ The disk is empty.');
  });
});
