import { decodeLatin1, decodeUtf16 } from '../bytes';

const SLOTS = 4096;
/** Smaller hives have too few names for the slots to be worth their making. */
const WORTH_SLOTS = 1 << 20;

/**
 * Names of keys and values in a hive file. The same few names come again and again ("Type", "Start", "ImagePath"), so
 * each is decoded once as long as no other one takes its slot.
 */
export class NameReader {
  private readonly slots: string[] | undefined;

  constructor(private readonly file: Uint8Array) {
    if (file.length >= WORTH_SLOTS) this.slots = new Array<string>(SLOTS).fill('');
  }

  /** The name of `length` bytes at `start`, which must lie in the file: one byte a character, or UTF-16LE. */
  read(start: number, length: number, latin1: boolean): string {
    if (!latin1) return decodeUtf16(this.file, start, length);
    const { slots } = this;
    if (slots === undefined) return decodeLatin1(this.file, start, length);
    let hash = length;
    for (let at = start; at < start + length; at += 1) hash = (Math.imul(hash, 31) + this.file[at]!) | 0;
    const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
    const kept = slots[slot]!;
    if (this.isAt(start, length, kept)) return kept;
    const name = decodeLatin1(this.file, start, length);
    slots[slot] = name;
    return name;
  }

  private isAt(start: number, length: number, name: string): boolean {
    if (name.length !== length) return false;
    for (let index = 0; index < length; index += 1) {
      if (name.charCodeAt(index) !== this.file[start + index]) return false;
    }
    return true;
  }
}
