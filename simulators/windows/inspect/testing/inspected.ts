import type { DiskTable } from '../../disk-tables';
import type { VolumeView } from '../../windows-host';
import type { InspectedDisk } from '../inspected-disk';
import type { Inspection } from '../inspection';

type Partition = DiskTable['partitions'][number];

export const DISK_GUID = '6a3f1e52-8b77-4c1d-9d0e-2f4b6a8c0e11';

/** An MBR disk with partitions of 8 MiB at these places (MiB). */
export function mbrDisk(number: number, signature: number, ...places: number[]): InspectedDisk {
  const partitions = places.map((place, index) => partition(index + 1, place * 2048, undefined));
  return disk(number, { style: 'mbr', signature, guid: undefined, partitions });
}

/** A GPT disk with partitions of these GUIDs. */
export function gptDisk(number: number, guid: string, ...guids: string[]): InspectedDisk {
  const partitions = guids.map((one, index) => partition(index + 1, (index * 8 + 1) * 2048, one));
  return disk(number, { style: 'gpt', signature: undefined, guid, partitions });
}

/** A disk without a partition table. */
export function rawDisk(number: number): InspectedDisk {
  return disk(number, { style: 'raw', signature: undefined, guid: undefined, partitions: [] });
}

function disk(
  number: number,
  table: Pick<DiskTable, 'style' | 'signature' | 'guid' | 'partitions'>,
): InspectedDisk {
  const rest = { sectors: 1 << 20, firstUsable: 1, lastUsable: (1 << 20) - 1, damage: undefined };
  return { number, table: { ...rest, ...table }, member: undefined, damage: [] };
}

function partition(entry: number, startSector: number, guid: string | undefined): Partition {
  return {
    number: entry,
    entry,
    kind: 'primary',
    type: guid === undefined ? 7 : 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7',
    startSector,
    sizeSectors: 8 * 2048,
    active: entry === 1 && guid === undefined,
    guid,
    attributes: 0n,
  };
}

export function volume(number: number, disks: readonly number[], rest: Partial<VolumeView>): VolumeView {
  return {
    number,
    letter: undefined,
    label: '',
    fileSystem: 'NTFS',
    type: 'Partition',
    sizeBytes: 8 << 20,
    status: 'Healthy',
    info: '',
    diskNumbers: disks,
    devicePath: `\\Device\\HarddiskVolume${number + 1}`,
    location: { style: 'mbr', signature: 0, offsetBytes: 0 },
    mountPoint: undefined,
    ...rest,
  };
}

/** A sound MBR server with one partition; parts of it may be replaced. */
export function inspection(changes: Partial<Inspection> = {}): Inspection {
  return {
    disks: [
      {
        number: 0,
        image: '/images/server.qcow2',
        format: 'qcow2',
        sizeBytes: 1.5 * 2 ** 30,
        style: 'mbr',
        identity: 'DDBA6BBB',
        status: 'Online',
        group: undefined,
        partitions: [
          {
            number: 1,
            type: 'NTFS (07)',
            startSector: 2048,
            sizeSectors: 2048,
            active: true,
            guid: undefined,
            volume: 0,
          },
        ],
        damage: [],
      },
    ],
    groups: [],
    volumes: [
      {
        number: 0,
        name: 'C:',
        letter: 'C',
        label: 'Windows',
        fileSystem: 'NTFS',
        type: 'Partition',
        status: 'Healthy',
        sizeBytes: 1 << 20,
        disks: [0],
        dirty: false,
        damage: undefined,
      },
    ],
    windows: [
      {
        volume: 'C:',
        productName: 'Windows Server 2008 R2 Standard',
        version: '6.1.7601',
        computerName: 'KUNDE-01',
        sanPolicy: 'Offline Shared',
        firewall: { domain: true, public: false },
        accounts: [
          {
            name: 'Administrator',
            rid: 500,
            administrator: true,
            enabled: true,
            locked: true,
            hasPassword: true,
          },
          {
            name: 'Guest',
            rid: 501,
            administrator: false,
            enabled: false,
            locked: false,
            hasPassword: false,
          },
        ],
        damage: [],
      },
    ],
    stores: [],
    boot: {
      firmware: 'BIOS',
      starts: true,
      outcome: '"Windows" starts from disk 0, partition 1 (C:).',
      screen: [],
    },
    problems: [],
    ...changes,
  };
}
