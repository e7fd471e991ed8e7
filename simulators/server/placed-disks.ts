import type { DiskPlace } from '../provider';
import type { DiskDescription, DiskInterface } from '../vm';
import { describeDisk, type ServerDisk } from './server-disk';

/** The disk and its place on a bus; undefined: on the bus of an instance that is not in rescue. */
export interface PlacedDisk {
  readonly disk: ServerDisk;
  readonly place?: DiskPlace;
  /** The port that it can be taken out of while the machine runs. */
  readonly port?: number;
}

/** Disks in the order in which the guest finds them. */
export function describePlacedDisks(disks: readonly PlacedDisk[], trackReads: boolean): DiskDescription[] {
  return disks.map((placed, index) => ({
    // A rescue disk is new and stands on the image: the waypoint keeps it, whatever the guest has written.
    ...describePlaced(placed, trackReads && placed.place?.role !== 'rescue'),
    ...bootOrder(placed, index, disks),
  }));
}

/** How QEMU attaches what a cloud calls by bus and device. */
function interfaceOf({ bus, device }: DiskPlace): DiskInterface {
  if (device === 'cdrom') return bus === 'usb' ? 'usb' : 'ide-cdrom';
  switch (bus) {
    case 'usb':
      return 'usb';
    case 'scsi':
      return 'scsi';
    case 'sata':
    case 'ide':
      return 'sata';
    case 'fdc':
      throw new Error('Machines of the lab have no floppy drive.');
    default:
      return 'virtio';
  }
}

function describePlaced({ disk, place, port }: PlacedDisk, trackReads: boolean): DiskDescription {
  const { serial, ...description } = describeDisk(disk, trackReads);
  return {
    ...description,
    ...(serial && { serial }),
    ...(place && { interface: interfaceOf(place) }),
    ...(port !== undefined && { hotPlugPort: port }),
    ...(place?.role === 'config drive' && { readOnly: true }),
  };
}

/** The first disk boots, unless another one's place does; nothing boots from a config drive. */
function bootOrder({ place }: PlacedDisk, index: number, all: readonly PlacedDisk[]): { bootIndex?: number } {
  if (place?.role === 'config drive') return {};
  const first = Math.max(
    all.findIndex((one) => one.place?.boots),
    0,
  );
  return { bootIndex: index === first ? 0 : index < first ? index + 1 : index };
}
