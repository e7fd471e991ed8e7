import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Key } from './key-codes';
import { usKey } from './us-layout';

export interface InputDevice {
  /** `/dev/input/eventN` */
  readonly path: string;
  readonly name: string;
}

/**
 * Input devices that have letters and Enter. Power buttons, tablets and mice also send keys, so the capability bitmap
 * decides, not the name.
 */
export function findKeyboards(sysfs = '/sys/class/input', devices = '/dev/input'): InputDevice[] {
  return findDevices(sysfs, devices, isKeyboard);
}

/** Input devices that have a power key and are no keyboards: the button at the machine's front. */
export function findPowerButtons(sysfs = '/sys/class/input', devices = '/dev/input'): InputDevice[] {
  return findDevices(sysfs, devices, (has) => has(Key.Power) && !isKeyboard(has));
}

function isKeyboard(has: (code: number) => boolean): boolean {
  return [Key.Enter, Key.Backspace, ...['a', 'z', '1'].map((letter) => usKey(letter)!.code)].every(has);
}

/** Devices that send keys, by which ones they have. */
function findDevices(
  sysfs: string,
  devices: string,
  isWanted: (has: (code: number) => boolean) => boolean,
): InputDevice[] {
  return listEvents(sysfs).flatMap((event) => {
    const device = join(sysfs, event, 'device');
    const bitmap = readOr(join(device, 'capabilities/ev'), '');
    const keys = readOr(join(device, 'capabilities/key'), '');
    const isOne = hasBit(bitmap, 1) && isWanted((code) => hasBit(keys, code));
    return isOne ? [{ path: join(devices, event), name: readOr(join(device, 'name'), event) }] : [];
  });
}

function listEvents(sysfs: string): string[] {
  try {
    return readdirSync(sysfs).filter((name) => /^event\d+$/.test(name));
  } catch {
    return []; // No input subsystem yet: the evdev module comes later.
  }
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return otherwise; // The device went away between listing and reading.
  }
}

/** Bitmaps in sysfs are 64-bit words in hexadecimal, the most significant word first. */
function hasBit(bitmap: string, bit: number): boolean {
  const words = bitmap.split(/\s+/).reverse();
  const word = words[Math.floor(bit / 64)];
  return word !== undefined && word !== '' && (BigInt(`0x${word}`) >> BigInt(bit % 64)) % 2n === 1n;
}
