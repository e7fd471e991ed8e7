import type { BcdDevice, BootDevice, PartitionDevice } from '../../../disk/bcd';
import type { VolumeView } from '../../windows-host';
import { deviceOfVolume, volumeOfDevice } from '../volumes';
import { failures } from './failure';

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** `C:`, `\Device\HarddiskVolume2` for a volume without letter, `unknown` for none; `boot`. */
function placeText(place: PartitionDevice | BootDevice, volumes: readonly VolumeView[]): string {
  if (place.kind === 'boot') return 'boot';
  const volume = volumeOfDevice(place, volumes);
  if (!volume) return 'unknown';
  return volume.letter === undefined ? volume.devicePath : `${volume.letter}:`;
}

/**
 * A device as bcdedit prints it: `partition=C:`, `partition=\Device\HarddiskVolume1`, `unknown`, `boot`,
 * `locate=custom:12000002`, `ramdisk=[C:]\x.wim,{options}`, `file=[C:]\x`, `vhd=[C:]\x.vhd,locate=custom:12000002`.
 * @param identifier prints the id of a device options object.
 */
export function deviceText(
  device: BcdDevice,
  volumes: readonly VolumeView[],
  identifier: (id: string) => string,
): string {
  switch (device.kind) {
    case 'partition': {
      const place = placeText(device, volumes);
      return place === 'unknown' ? place : `partition=${place}`;
    }
    case 'boot':
      return 'boot';
    case 'locate':
      // Form of the element code: as seen behind `vhd=` in listings of real Windows.
      return device.path === ''
        ? `locate=custom:${device.element.toString(16).padStart(8, '0')}`
        : `locate=${device.path}`;
    case 'ramdisk': {
      const options = device.options === undefined ? '' : `,${identifier(`{${device.options}}`)}`;
      return `ramdisk=[${placeText(device.parent, volumes)}]${device.path}${options}`;
    }
    case 'file':
    case 'vhd':
      return `${device.kind}=[${placeText(device.parent, volumes)}]${device.path}`;
    case 'locatedVhd': {
      // Seen in listings of real Windows.
      const code = device.element.toString(16).padStart(8, '0');
      return `vhd=[${placeText(device.parent, volumes)}]${device.path},locate=custom:${code}`;
    }
    case 'unknown':
      return 'unknown';
  }
}

/** The place of a volume in the terms of a device element. Error 50's text for what a store cannot name. */
function placeOfVolume(text: string, volumes: readonly VolumeView[]): PartitionDevice {
  const letter = /^([a-z]):\\?$/i.exec(text)?.[1]?.toUpperCase();
  const volume = volumes.find((one) =>
    letter === undefined ? sameText(one.devicePath, text) : one.letter === letter,
  );
  const device = volume && deviceOfVolume(volume);
  if (!device) throw failures.elementNotSet('The request is not supported.');
  return device;
}

function parsePlace(text: string, volumes: readonly VolumeView[]): PartitionDevice | BootDevice {
  if (sameText(text, 'boot')) return { kind: 'boot' };
  // Real bcdedit takes it inside [ ]; how it is laid out there is not known to us.
  if (sameText(text, 'locate')) throw failures.elementNotSet('The request is not supported.');
  if (!/^([a-z]:\\?|\\Device\\HarddiskVolume\d+)$/i.test(text)) throw failures.device();
  return placeOfVolume(text, volumes);
}

/**
 * Reads a device as it is typed after `/set {id} device`.
 * @param element the path element that a bare `locate` looks up.
 * @param resolveId gives the id of a device options object.
 * @throws BcdEditFailure for a bad form or a volume that is not there.
 */
export function parseDevice(
  text: string,
  volumes: readonly VolumeView[],
  element: number,
  resolveId: (identifier: string) => string,
): BcdDevice {
  const [, kind = '', rest = ''] = /^([a-z_]+)(?:=(.*))?$/i.exec(text) ?? [];
  switch (kind.toLowerCase()) {
    case 'boot':
      return { kind: 'boot' };
    case 'partition':
    case 'hd_partition':
      return parsePlace(rest, volumes);
    case 'locate': {
      const code = /^custom:([0-9a-f]{8})$/i.exec(rest)?.[1];
      if (code !== undefined) return { kind: 'locate', element: Number.parseInt(code, 16), path: '' };
      return { kind: 'locate', element, path: rest };
    }
    case 'ramdisk':
    case 'file': {
      const [, place, path, options] = /^\[([^\]]+)\](\\[^,]*)(?:,(\{[^}]+\}))?$/.exec(rest) ?? [];
      if (place === undefined || path === undefined) throw failures.device();
      const parent = parsePlace(place, volumes);
      if (kind.toLowerCase() === 'file') return { kind: 'file', parent, path };
      if (options === undefined) throw failures.device();
      const id = resolveId(options).replace(/[{}]/g, '');
      return { kind: 'ramdisk', parent, path, imageBase: 0, imageSize: 0, imageOffset: 0, options: id };
    }
    case 'vhd': {
      const [, place, path, code] =
        /^\[([^\]]+)\](\\[^,]*)(?:,locate=custom:([0-9a-f]{8}))?$/i.exec(rest) ?? [];
      if (place === undefined || path === undefined) throw failures.device();
      const parent = parsePlace(place, volumes);
      const located = code === undefined ? element : Number.parseInt(code, 16);
      return { kind: 'locatedVhd', element: located, parent, path };
    }
    default:
      throw failures.device();
  }
}
