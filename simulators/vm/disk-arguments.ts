import type { DiskDescription, MachineDescription } from './machine-description';
import { qemuOptions } from './qemu-options';

const sataPorts = 6;

/** How a port for disks that come and go is called, counted from 0. */
export const hotPlugPort = (index: number): string => `hot-plug-${index}`;

/** The device of a disk, which its block node is plugged into. */
export const diskDevice = (id: string): string => `disk-${id}`;

/** Where a disk's data comes from when that is not simply `disk.path`: set by read tracking and forks. */
export interface DiskSource {
  readonly path: string;
  readonly format: 'qcow2' | 'raw';
  /** Copy every cluster the guest reads into `path` (a qcow2 overlay). */
  readonly copyOnRead?: boolean;
}

/** `-blockdev` and `-device` arguments of all disks, in the order of the description (PCI slots follow it). */
export function diskArguments(
  description: MachineDescription,
  sources: ReadonlyMap<string, DiskSource>,
): string[] {
  const disks = description.disks ?? [];
  const duplicate = disks.find((disk, index) => disks.findIndex((other) => other.id === disk.id) !== index);
  if (duplicate) {
    throw new Error(
      `The machine "${description.name}" has two disks with the id "${duplicate.id}": ids name block nodes and must differ.`,
    );
  }
  const controllers = [
    ...(disks.some((disk) => disk.interface === 'usb') ? ['-device', 'qemu-xhci,id=usb'] : []),
    ...(disks.some((disk) => disk.interface === 'scsi') ? ['-device', 'virtio-scsi-pci,id=scsi'] : []),
  ];
  let ports = 0;
  const perDisk = disks.flatMap((disk) => {
    const source = sources.get(disk.id) ?? { path: disk.path, format: disk.format };
    const port = disk.interface === 'sata' || disk.interface === 'ide-cdrom' ? ports++ : -1;
    return [...blockNodes(disk, source), '-device', device(disk, port, description)];
  });
  return [...controllers, ...perDisk];
}

function blockNodes(disk: DiskDescription, source: DiskSource): string[] {
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,25}$/.test(disk.id)) {
    throw new Error(
      `"${disk.id}" cannot be a disk id: QEMU block node names start with a letter and hold letters, digits, "-" and "_" (26 at most here).`,
    );
  }
  const readOnly = disk.readOnly === true || disk.interface === 'ide-cdrom';
  const node = (properties: object) => ['-blockdev', JSON.stringify(properties)];
  const format = {
    driver: source.format,
    'node-name': source.copyOnRead ? `${disk.id}.fmt` : disk.id,
    // Copying what is read writes to the overlay, also when the guest's view is read-only.
    'read-only': readOnly && !source.copyOnRead,
    discard: 'unmap',
    file: { driver: 'file', filename: source.path },
  };
  if (!source.copyOnRead) return node(format);
  const filter = { driver: 'copy-on-read', 'node-name': disk.id, file: format['node-name'] };
  return [...node(format), ...node(filter)];
}

function device(disk: DiskDescription, port: number, { chipset = 'q35', name }: MachineDescription): string {
  const common = {
    drive: disk.id,
    id: diskDevice(disk.id),
    bootindex: disk.bootIndex,
    serial: disk.serial,
  };
  switch (disk.interface) {
    case 'virtio':
      return qemuOptions('virtio-blk-pci', {
        ...common,
        ...(disk.hotPlugPort === undefined ? {} : { bus: hotPlugPort(disk.hotPlugPort) }),
      });
    case 'scsi':
      return qemuOptions('scsi-hd', { ...common, bus: 'scsi.0' });
    case 'usb':
      return qemuOptions('usb-storage', { ...common, bus: 'usb.0' });
    case 'sata':
    case 'ide-cdrom': {
      if (disk.interface === 'sata' && disk.readOnly) {
        throw new Error(
          `The disk "${disk.id}" of machine "${name}" is read-only, and SATA disks cannot be that: attach it as virtio, usb or ide-cdrom.`,
        );
      }
      const limit = chipset === 'q35' ? sataPorts : 4;
      if (port >= limit) {
        throw new Error(
          `The machine "${name}" has more than ${limit} SATA/IDE drives, which is all its ${chipset} chipset offers: attach "${disk.id}" as virtio or usb.`,
        );
      }
      const place = chipset === 'q35' ? { bus: `ide.${port}` } : { bus: `ide.${port >> 1}`, unit: port & 1 };
      return qemuOptions(disk.interface === 'sata' ? 'ide-hd' : 'ide-cd', { ...common, ...place });
    }
  }
}
