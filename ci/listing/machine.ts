import type { SectorReader } from '../../simulators/disk/mbr';

/** What the commands need of the engine that they run in. All of it is synchronous, as the codecs are. */
export interface Machine {
  /** The whole content of a file. Throws where it cannot be read. */
  readFile(path: string): Uint8Array;
  /** A disk image, of which only what is asked for is read. */
  openDisk(path: string): SectorReader;
  /** Writes the first bytes of a buffer to the standard output. They are taken before the call returns. */
  write(buffer: ArrayBuffer, length: number): void;
  /** Writes to the standard error. */
  complain(bytes: Uint8Array<ArrayBuffer>): void;
}
