import type { BcdDevice, PartitionDevice } from '../../disk/bcd';
import { SECTOR_BYTES } from '../../disk/mbr';
import { isVolumeOf } from '../disk-tables';
import type { VolumeView } from '../windows-host';
import { signatureText } from './hex-id';
import { volumeName } from './inspect-volumes';
import type { InspectedDisk } from './inspected-disk';

interface Explanation {
  readonly resolved: boolean;
  readonly explanation: string;
}

/** Where a device of a boot entry points to on these disks, or why it points nowhere. */
export function explainDevice(
  device: BcdDevice,
  disks: readonly InspectedDisk[],
  volumes: readonly VolumeView[],
): Explanation {
  switch (device.kind) {
    case 'partition':
      return explainPartition(device, disks, volumes);
    case 'boot':
      return { resolved: true, explanation: 'the partition that the boot manager is started from' };
    case 'locate':
      return { resolved: true, explanation: 'looked for at boot: the first partition with the file' };
    case 'ramdisk':
    case 'file':
    case 'vhd':
    case 'locatedVhd': {
      const parent = explainDevice(device.parent, disks, volumes);
      return {
        ...parent,
        explanation: parent.resolved
          ? `the file ${device.path} on ${parent.explanation}`
          : `the file ${device.path} is out of reach: ${parent.explanation}`,
      };
    }
    case 'unknown':
      return { resolved: false, explanation: 'a device of a kind that is not known here' };
  }
}

function explainPartition(
  device: PartitionDevice,
  disks: readonly InspectedDisk[],
  volumes: readonly VolumeView[],
): Explanation {
  const wanted = device.style === 'mbr' ? signatureText(device.signature) : `{${device.diskGuid}}`;
  const what = device.style === 'mbr' ? 'signature' : 'GUID';
  const named = disks.filter(({ table }) =>
    device.style === 'mbr'
      ? table.style === 'mbr' && table.signature === device.signature
      : table.guid === device.diskGuid,
  );
  if (named.length === 0) {
    const have = disks.map(({ number, table }) => `disk ${number} has ${identityOf(table)}`).join(', ');
    return { resolved: false, explanation: `no disk has the ${what} ${wanted}; ${have}` };
  }
  for (const disk of named) {
    const partition = disk.table.partitions.find((one) =>
      device.style === 'mbr'
        ? one.startSector * SECTOR_BYTES === device.offsetBytes
        : one.guid === device.partitionGuid,
    );
    if (!partition) continue;
    const volume = volumes.find((one) => isVolumeOf(one, disk, partition));
    const shown = volume?.letter === undefined ? '' : ` (${volumeName(volume)})`;
    return { resolved: true, explanation: `disk ${disk.number}, partition ${partition.entry}${shown}` };
  }
  const place =
    device.style === 'mbr'
      ? `starts at byte ${device.offsetBytes}`
      : `has the GUID {${device.partitionGuid}}`;
  const numbers = named.map(({ number }) => `disk ${number}`).join(' and ');
  return {
    resolved: false,
    explanation: `${numbers} ${named.length === 1 ? 'has' : 'have'} the ${what} ${wanted}, but no partition there ${place}`,
  };
}

function identityOf({ style, signature, guid }: InspectedDisk['table']): string {
  if (style === 'mbr') return signatureText(signature ?? 0);
  return guid === undefined ? 'no partition table' : `{${guid}}`;
}
