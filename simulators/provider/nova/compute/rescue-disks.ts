import type { DiskBus, DiskDevice, DiskPlace } from '../../hypervisor';
import type { NovaFlavor } from '../flavor';
import type { Instance } from './instance';

/** Whose rules the disks follow: libvirt's, or XenAPI's, which Rackspace runs. */
export type VirtDriver = 'libvirt' | 'xen';

const RESCUE_DEVICES: readonly string[] = ['disk', 'cdrom', 'floppy'];
/** libvirt/blockinfo.py `is_disk_bus_valid_for_virt` for qemu and kvm. */
const RESCUE_BUSES: readonly string[] = ['virtio', 'scsi', 'ide', 'usb', 'fdc', 'sata'];
/** libvirt/blockinfo.py `get_disk_bus_for_device_type` for qemu and kvm on x86-64. */
const USUAL_BUS: Readonly<Record<DiskDevice, DiskBus>> = { disk: 'virtio', cdrom: 'ide', floppy: 'fdc' };

interface Properties {
  readonly [name: string]: string | undefined;
}

/** Whether an image asks for a rescue that leaves the original disks where they are. */
export function isStableRescue(image: Properties): boolean {
  return image['hw_rescue_device'] !== undefined || image['hw_rescue_bus'] !== undefined;
}

/** The disks of an instance that is not in rescue, in their order. */
export function ownDisks(instance: Instance, flavor: NovaFlavor, driver: VirtDriver): readonly DiskPlace[] {
  const image = instance.imageProperties;
  const bus: DiskBus = driver === 'xen' ? 'xen' : ((image['hw_disk_bus'] as DiskBus | undefined) ?? 'virtio');
  const disk = (role: DiskPlace['role'], id?: string): DiskPlace => ({
    role,
    bus,
    device: 'disk',
    boots: role === 'root',
    ...(id !== undefined && { id }),
  });
  const [first, ...others] = instance.volumes;
  const volumeBacked = instance.imageId === undefined;
  const volumes = volumeBacked || first === undefined ? others : [first, ...others];
  return [
    volumeBacked ? disk('root', first?.id) : disk('root'),
    ...(flavor.ephemeral > 0 ? [disk('ephemeral', '0')] : []),
    ...(flavor.swap > 0 ? [disk('swap')] : []),
    ...volumes.map(({ id }) => disk('volume', id)),
    ...(instance.configDrive ? [configDrive(bus)] : []),
  ];
}

/**
 * The disks of an instance in rescue, in their order (facts: nova 2.5). libvirt's legacy rescue shows the rescue disk,
 * the original one and a config drive, nothing else. With `hw_rescue_device` or `hw_rescue_bus` all original disks stay
 * and the rescue disk comes last. XenAPI puts the rescue disk first and leaves volumes out. Throws what the driver says
 * to a bus or device that it does not know.
 */
export function rescueDisks(
  instance: Instance,
  flavor: NovaFlavor,
  rescueImage: Properties,
  driver: VirtDriver,
): readonly DiskPlace[] {
  const own = ownDisks(instance, flavor, driver).map((disk) => ({ ...disk, boots: false }));
  const of = (...roles: readonly DiskPlace['role'][]) => own.filter(({ role }) => roles.includes(role));
  const root = of('root');
  const bus = root[0]?.bus ?? 'virtio';
  const first: DiskPlace = { role: 'rescue', bus, device: 'disk', boots: true };
  if (driver === 'xen') {
    return [first, ...root, ...of('swap'), ...of('config drive'), ...of('ephemeral')];
  }
  return isStableRescue(rescueImage)
    ? [...own, stableRescueDisk(rescueImage)]
    : [first, ...root, ...of('config drive')];
}

function stableRescueDisk(image: Properties): DiskPlace {
  const device = image['hw_rescue_device'] ?? 'disk';
  if (!RESCUE_DEVICES.includes(device)) {
    throw new Error(`Requested rescue device '${device}' is not supported`);
  }
  const bus = image['hw_rescue_bus'] ?? USUAL_BUS[device as DiskDevice];
  if (!RESCUE_BUSES.includes(bus)) {
    throw new Error(`Requested rescue bus '${bus}' is not supported by the 'qemu' virt driver`);
  }
  return { role: 'rescue', bus: bus as DiskBus, device: device as DiskDevice, boots: true };
}

function configDrive(bus: DiskBus): DiskPlace {
  return { role: 'config drive', bus: bus === 'xen' ? 'xen' : 'ide', device: 'cdrom', boots: false };
}
