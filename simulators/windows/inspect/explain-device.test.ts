import { describe, expect, it } from 'vitest';
import type { BcdDevice } from '../../disk/bcd';
import { explainDevice } from './explain-device';
import { DISK_GUID, gptDisk, mbrDisk, rawDisk, volume } from './testing/inspected';

const ESP = '0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9';
const WINDOWS = '1b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9';
const SIGNATURE = 0x0dba6bbb;

const onMbr = (signature: number, offsetMiB: number): BcdDevice => ({
  kind: 'partition',
  style: 'mbr',
  signature,
  offsetBytes: offsetMiB << 20,
});
const onGpt = (diskGuid: string, partitionGuid: string): BcdDevice => ({
  kind: 'partition',
  style: 'gpt',
  diskGuid,
  partitionGuid,
});
const at = (signature: number, offsetMiB: number) =>
  ({ location: { style: 'mbr', signature, offsetBytes: offsetMiB << 20 } }) as const;

describe('a device of a boot entry', () => {
  it('is a partition of an MBR disk, with its letter or its path', () => {
    const disks = [mbrDisk(0, 1, 1), mbrDisk(1, SIGNATURE, 1, 9)];
    const volumes = [
      volume(0, [0], { letter: 'C', ...at(1, 1) }),
      volume(1, [1], at(SIGNATURE, 1)),
      volume(2, [1], { letter: 'D', ...at(SIGNATURE, 9) }),
    ];
    expect(explainDevice(onMbr(SIGNATURE, 9), disks, volumes)).toEqual({
      resolved: true,
      explanation: 'disk 1, partition 2 (D:)',
    });
    expect(explainDevice(onMbr(SIGNATURE, 1), disks, volumes).explanation).toBe('disk 1, partition 1');
    expect(explainDevice(onMbr(SIGNATURE, 1), disks, []).explanation).toBe('disk 1, partition 1');
  });

  it('is a partition of a GPT disk', () => {
    const location = { style: 'gpt', diskGuid: DISK_GUID, partitionGuid: WINDOWS } as const;
    const volumes = [volume(0, [0], { letter: 'C', location })];
    expect(explainDevice(onGpt(DISK_GUID, WINDOWS), [gptDisk(0, DISK_GUID, ESP, WINDOWS)], volumes)).toEqual({
      resolved: true,
      explanation: 'disk 0, partition 2 (C:)',
    });
  });

  it('is nowhere where no disk has its signature, which is told with what the disks have', () => {
    const disks = [mbrDisk(0, 0xddba6bbb, 1), gptDisk(1, DISK_GUID), rawDisk(2)];
    expect(explainDevice(onMbr(SIGNATURE, 1), disks, [])).toEqual({
      resolved: false,
      explanation: `no disk has the signature 0DBA6BBB; disk 0 has DDBA6BBB, disk 1 has {${DISK_GUID}}, disk 2 has no partition table`,
    });
    expect(explainDevice(onGpt(WINDOWS, ESP), [rawDisk(0)], []).explanation).toBe(
      `no disk has the GUID {${WINDOWS}}; disk 0 has no partition table`,
    );
  });

  it('is nowhere where no partition starts at its place', () => {
    const disks = [mbrDisk(0, SIGNATURE, 1), mbrDisk(1, SIGNATURE, 1)];
    expect(explainDevice(onMbr(SIGNATURE, 9), disks, [])).toEqual({
      resolved: false,
      explanation:
        'disk 0 and disk 1 have the signature 0DBA6BBB, but no partition there starts at byte 9437184',
    });
    expect(explainDevice(onGpt(DISK_GUID, WINDOWS), [gptDisk(0, DISK_GUID, ESP)], []).explanation).toBe(
      `disk 0 has the GUID {${DISK_GUID}}, but no partition there has the GUID {${WINDOWS}}`,
    );
  });

  it('is on the disk that has the partition, where two have the signature', () => {
    const disks = [mbrDisk(0, SIGNATURE, 1), mbrDisk(1, SIGNATURE, 1, 9)];
    expect(explainDevice(onMbr(SIGNATURE, 9), disks, []).explanation).toBe('disk 1, partition 2');
  });

  it('is not a GPT disk whose protective entry is read as an MBR', () => {
    expect(explainDevice(onMbr(0, 1), [gptDisk(0, DISK_GUID, ESP)], []).resolved).toBe(false);
  });

  it.each<[BcdDevice, boolean, string]>([
    [{ kind: 'boot' }, true, 'the partition that the boot manager is started from'],
    [
      { kind: 'file', path: '\\boot\\boot.wim', parent: { kind: 'boot' } } as BcdDevice,
      true,
      'the file \\boot\\boot.wim on the partition that the boot manager is started from',
    ],
    [
      { kind: 'vhd', path: '\\a.vhd', parent: onMbr(SIGNATURE, 1) } as BcdDevice,
      false,
      'the file \\a.vhd is out of reach: no disk has the signature 0DBA6BBB; disk 0 has 00000001',
    ],
    [{ kind: 'unknown' } as BcdDevice, false, 'a device of a kind that is not known here'],
  ])('%j is explained', (device, resolved, explanation) => {
    expect(explainDevice(device, [mbrDisk(0, 1, 1)], [])).toEqual({ resolved, explanation });
  });
});
