import { fromHex, toHex } from '../bytes';
import type { Hive } from '../regf';
import { currentControlSet } from '../registry';
import { SamError } from './sam-error';

/** Keys below `Control\Lsa` whose class names hold the scrambled boot key, eight hex digits each. */
const PARTS = ['JD', 'Skew1', 'GBG', 'Data'] as const;
/** Byte i of the boot key is byte SCRAMBLE[i] of the four class names (as every published SAM reader has it). */
const SCRAMBLE = [8, 5, 4, 2, 11, 9, 13, 3, 0, 6, 1, 12, 14, 10, 15, 7];

/** The 16 bytes of a SYSTEM hive's boot key ("syskey"), of the control set that `Select\Current` names. */
export function bootKeyOf(system: Hive): Uint8Array {
  const controlSet = currentControlSet(system);
  const scrambled = PARTS.map((part) => {
    const path = `${controlSet}\\Control\\Lsa\\${part}`;
    const className = system.key(path)?.className ?? '';
    if (!/^[0-9a-f]{8}$/i.test(className)) {
      throw new SamError(
        { key: path },
        0,
        `the SYSTEM hive has no boot key: the key ${path} has ` +
          `${className === '' ? 'no class name' : `the class name "${className}"`} instead of eight hex digits`,
        'Take the SYSTEM hive of the same Windows as the SAM.',
      );
    }
    return className;
  });
  const bytes = fromHex(scrambled.join(''));
  return Uint8Array.from(SCRAMBLE, (place) => bytes[place]!);
}

/** Writes the boot key into the class names below a control set's `Control\Lsa`. */
export function writeBootKey(system: Hive, controlSet: string, bootKey: Uint8Array): void {
  if (bootKey.length !== 16) throw new RangeError(`A boot key has 16 bytes, not ${bootKey.length}`);
  const bytes = new Uint8Array(16);
  SCRAMBLE.forEach((place, index) => {
    bytes[place] = bootKey[index]!;
  });
  PARTS.forEach((part, index) => {
    const key = system.createKey(`${controlSet}\\Control\\Lsa\\${part}`);
    key.className = toHex(bytes.subarray(4 * index, 4 * index + 4));
  });
}
