import * as fatfs from 'js-fatfs';
import { readU16, writeU16 } from '../../../disk/bytes';
import { readSectors, SECTOR_BYTES } from '../../../disk/mbr';
import { findFatEntry } from '../../../disk/ntfs';
import type { BlockDevice } from '../../host';
import type { FilePatch } from '../../local-files';
import { FileAttribute, type FileFacts, WindowsError } from '../../shell';
import { FatDisk } from './fat-disk';
import { requireOk } from './fat-error';
import { fromFatTime, toFatTime } from './fat-time';

/** Read and written at once. */
const PIECE_BYTES = 256 << 10;
/** Where a directory entry has its attributes, and its times (fatgen103, "FAT Directory Structure"). */
const ENTRY = { attributes: 11, accessed: 18, time: 22, date: 24 } as const;
/** What may be changed of them. */
const CHANGEABLE =
  FileAttribute.readOnly | FileAttribute.hidden | FileAttribute.system | FileAttribute.archive;

/** A file or folder of a FAT volume. */
export interface FatEntry extends FileFacts {
  /** By which it can be called too; its own name where there is no other. */
  readonly shortName: string;
  readonly attributes: number;
}

/**
 * The files of a FAT12, FAT16 or FAT32 volume, by paths of names with slashes before them, the root being the empty one.
 * ChaN's FatFs does the work: names by the rules of Windows, in 8.3 and long, local times, both tables, FSInfo. What a
 * method wrote is on the device when it returns. Throws WindowsErrors.
 */
export class FatVolume {
  readonly #volume: number;
  readonly #file: number;
  readonly #folder: number;
  readonly #info: number;
  readonly #piece: number;
  readonly #word: number;

  private constructor(
    private readonly ff: fatfs.FatFs,
    private readonly disk: FatDisk,
    private readonly device: BlockDevice,
    private readonly bytesPerCluster: number,
  ) {
    this.#volume = ff.malloc(fatfs.sizeof_FATFS);
    this.#file = ff.malloc(fatfs.sizeof_FIL);
    this.#folder = ff.malloc(fatfs.sizeof_DIR);
    this.#info = ff.malloc(fatfs.sizeof_FILINFO);
    this.#piece = ff.malloc(PIECE_BYTES);
    this.#word = ff.malloc(8);
  }

  /** Throws a WindowsError, or an error that says what FatFs refuses, where this is no sound FAT volume. */
  static async open(device: BlockDevice, { readOnly }: { readonly readOnly: boolean }): Promise<FatVolume> {
    const sector = device.read(0, 512);
    const sectorBytes = readU16(sector, 11);
    const disk = new FatDisk(device, sectorBytes, readOnly);
    const ff = await fatfs.create({ diskio: disk });
    const volume = new FatVolume(ff, disk, device, sectorBytes * sector[13]!);
    volume.#ok(ff.f_mount(volume.#volume, '', 1));
    return volume;
  }

  /** Undefined where there is none. */
  stat(path: string): FatEntry | undefined {
    if (path === '')
      return {
        name: '',
        shortName: '',
        folder: true,
        sizeBytes: 0,
        modified: new Date(0),
        attributes: FileAttribute.folder,
      };
    const result = this.ff.f_stat(path, this.#info);
    if (result === fatfs.FR_NO_FILE || result === fatfs.FR_NO_PATH) return undefined;
    this.#ok(result);
    return this.#entry();
  }

  /** A folder's entries as they stand in it. */
  list(path: string): FatEntry[] {
    this.#ok(this.ff.f_opendir(this.#folder, path === '' ? '/' : path));
    try {
      const entries: FatEntry[] = [];
      for (;;) {
        this.#ok(this.ff.f_readdir(this.#folder, this.#info));
        const entry = this.#entry();
        if (entry.name === '') return entries;
        entries.push(entry);
      }
    } finally {
      this.ff.f_closedir(this.#folder);
    }
  }

  read(path: string): Uint8Array {
    return this.#withFile(path, fatfs.FA_READ, () => {
      const bytes = new Uint8Array(this.ff.f_size(this.#file));
      let done = 0;
      while (done < bytes.length) {
        this.#ok(this.ff.f_read(this.#file, this.#piece, PIECE_BYTES, this.#word));
        const count = this.ff.getValue(this.#word, 'i32');
        if (count === 0) throw new WindowsError(1117);
        bytes.set(this.ff.HEAPU8.subarray(this.#piece, this.#piece + count), done);
        done += count;
      }
      return bytes;
    });
  }

  /** Creates or replaces the file in place, or extends it. */
  write(path: string, bytes: Uint8Array, append: boolean): void {
    const mode = fatfs.FA_WRITE | (append ? fatfs.FA_OPEN_APPEND : fatfs.FA_CREATE_ALWAYS);
    this.#withFile(path, mode, () => this.#writeHere(bytes));
    this.#markAccessed(path);
  }

  /** Writes bytes at their offsets into a file, which is made where it is absent and grows where they pass its end. */
  patch(path: string, pieces: FilePatch['pieces']): void {
    this.#withFile(path, fatfs.FA_WRITE | fatfs.FA_OPEN_ALWAYS, () => {
      for (const { offset, bytes } of pieces) {
        this.#ok(this.ff.f_lseek(this.#file, offset));
        if (this.ff.f_tell(this.#file) !== offset) throw new WindowsError(112);
        this.#writeHere(bytes);
      }
    });
  }

  /** Nothing may be there by the new name. */
  rename(from: string, to: string): void {
    this.#ok(this.ff.f_rename(from, to));
  }

  /** A file, or an empty folder. */
  remove(path: string): void {
    this.#ok(this.ff.f_unlink(path));
  }

  makeFolder(path: string): void {
    this.#growing(() => this.ff.f_mkdir(path));
    this.#markAccessed(path);
  }

  setAttributes(path: string, attributes: number): void {
    const done = this.#change(path, (entry) => {
      entry[ENTRY.attributes] = (entry[ENTRY.attributes]! & ~CHANGEABLE) | (attributes & CHANGEABLE);
    });
    if (!done) throw new WindowsError(50);
  }

  setModified(path: string, when: Date): void {
    const { date, time } = toFatTime(when);
    this.#change(path, (entry) => {
      writeU16(entry, ENTRY.time, time);
      writeU16(entry, ENTRY.date, date);
    });
  }

  freeBytes(): number {
    this.#ok(this.ff.f_getfree('', this.#word, this.#word + 4));
    return (this.ff.getValue(this.#word, 'i32') >>> 0) * this.bytesPerCluster;
  }

  close(): void {
    this.#ok(this.ff.f_unmount(''));
  }

  /**
   * The library has no call for attributes and times: it is built without. It forgets what it has read of the volume.
   * @returns false where the entry is not found: by a short name beyond ASCII
   */
  #change(path: string, edit: (entry: Uint8Array) => void): boolean {
    if (this.disk.status() !== 0) throw new WindowsError(5);
    const found = findFatEntry(this.device, path.slice(1).split('/'));
    if (!found) return false;
    edit(found.bytes);
    const sector = Math.floor(found.offset / SECTOR_BYTES);
    const bytes = readSectors(this.device, sector);
    bytes.set(found.bytes, found.offset % SECTOR_BYTES);
    this.device.write([{ offsetBytes: sector * SECTOR_BYTES, bytes }]);
    this.#ok(this.ff.f_mount(this.#volume, '', 1));
    return true;
  }

  #writeHere(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; done += PIECE_BYTES) {
      const piece = bytes.subarray(done, done + PIECE_BYTES);
      this.ff.HEAPU8.set(piece, this.#piece);
      this.#ok(this.ff.f_write(this.#file, this.#piece, piece.length, this.#word));
      if (this.ff.getValue(this.#word, 'i32') < piece.length) throw new WindowsError(112);
    }
  }

  /** FatFs leaves the date of the last access empty. */
  #markAccessed(path: string): void {
    const { date } = toFatTime(new Date());
    this.#change(path, (entry) => writeU16(entry, ENTRY.accessed, date));
  }

  #withFile<T>(path: string, mode: number, work: () => T): T {
    this.#growing(() => this.ff.f_open(this.#file, path, mode));
    let result: T;
    try {
      result = work();
    } catch (error) {
      this.ff.f_close(this.#file);
      throw error;
    }
    this.#ok(this.ff.f_close(this.#file));
    return result;
  }

  /** FatFs says of a full volume that an entry was denied. */
  #growing(work: () => number): void {
    const result = work();
    if (result === fatfs.FR_DENIED && this.freeBytes() === 0) throw new WindowsError(112);
    this.#ok(result);
  }

  #entry(): FatEntry {
    const { ff } = this;
    const attributes = ff.FILINFO_fattrib(this.#info);
    const name = ff.FILINFO_fname(this.#info);
    return {
      name,
      shortName: ff.FILINFO_altname(this.#info) || name,
      folder: (attributes & FileAttribute.folder) !== 0,
      sizeBytes: ff.FILINFO_fsize(this.#info),
      modified: fromFatTime({ date: ff.FILINFO_fdate(this.#info), time: ff.FILINFO_ftime(this.#info) }),
      attributes,
    };
  }

  #ok(result: number): void {
    const { failure } = this.disk;
    this.disk.failure = undefined;
    requireOk(result, failure);
  }
}
