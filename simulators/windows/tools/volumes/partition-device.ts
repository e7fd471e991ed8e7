import type { PartitionDevice } from '../../../disk/bcd';
import type { VolumeView } from '../../windows-host';

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The volume that a partition device points at, among those attached now. */
export function volumeOfDevice(
  device: PartitionDevice,
  volumes: readonly VolumeView[],
): VolumeView | undefined {
  return volumes.find(({ location }) => {
    if (device.style === 'mbr') {
      return (
        location.style === 'mbr' &&
        location.signature === device.signature &&
        location.offsetBytes === device.offsetBytes
      );
    }
    return (
      location.style === 'gpt' &&
      sameText(location.partitionGuid, device.partitionGuid) &&
      sameText(location.diskGuid, device.diskGuid)
    );
  });
}

/**
 * A volume in the terms of a device element. Undefined for one on dynamic disks: how Windows names such a volume in a
 * store is not known to us, so the tools refuse to (our choice).
 */
export function deviceOfVolume({ location }: VolumeView): PartitionDevice | undefined {
  return location.style === 'dynamic' ? undefined : { kind: 'partition', ...location };
}
