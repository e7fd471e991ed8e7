import type { DiskIO, FatFs } from 'js-fatfs';
import { CTRL_SYNC, GET_SECTOR_SIZE, RES_ERROR, RES_OK, RES_PARERR, RES_WRPRT, STA_PROTECT } from 'js-fatfs';
import type { Patch } from '../../../disk/mbr';
import type { BlockDevice } from '../../host';

/** What is not written yet is written at the latest when it has grown to this. */
const MOST_PENDING_BYTES = 8 << 20;

/**
 * A volume's device as FatFs asks for it. What one operation writes is kept until FatFs says that it is whole, and goes
 * to the device at once then.
 */
export class FatDisk implements DiskIO {
  readonly #pending = new Map<number, Uint8Array>();
  /** Why the device was not read or written the last time. */
  failure: unknown;

  constructor(
    private readonly device: BlockDevice,
    private readonly sectorBytes: number,
    private readonly readOnly: boolean,
  ) {}

  initialize(): number {
    return this.status();
  }

  status(): number {
    return this.readOnly ? STA_PROTECT : 0;
  }

  read(ff: FatFs, _drive: number, target: number, sector: number, count: number): number {
    return this.#attempt(() => {
      const length = count * this.sectorBytes;
      const bytes = this.device.read(sector * this.sectorBytes, length);
      if (bytes.length < length) return RES_PARERR;
      ff.HEAPU8.set(bytes, target);
      for (let index = 0; index < count; index += 1) {
        const newer = this.#pending.get(sector + index);
        if (newer) ff.HEAPU8.set(newer, target + index * this.sectorBytes);
      }
      return RES_OK;
    });
  }

  write(ff: FatFs, _drive: number, source: number, sector: number, count: number): number {
    if (this.readOnly) return RES_WRPRT;
    return this.#attempt(() => {
      if ((sector + count) * this.sectorBytes > this.device.sizeBytes) return RES_PARERR;
      for (let index = 0; index < count; index += 1) {
        const at = source + index * this.sectorBytes;
        this.#pending.set(sector + index, ff.HEAPU8.slice(at, at + this.sectorBytes));
      }
      if (this.#pending.size * this.sectorBytes > MOST_PENDING_BYTES) this.#flush();
      return RES_OK;
    });
  }

  ioctl(ff: FatFs, _drive: number, command: number, target: number): number {
    if (command === CTRL_SYNC) {
      return this.#attempt(() => {
        this.#flush();
        return RES_OK;
      });
    }
    if (command !== GET_SECTOR_SIZE) return RES_PARERR;
    ff.setValue(target, this.sectorBytes, 'i16');
    return RES_OK;
  }

  #flush(): void {
    const patches: Patch[] = [];
    let run: number[] = [];
    const end = () => {
      const [first] = run;
      if (first === undefined) return;
      const bytes = new Uint8Array(run.length * this.sectorBytes);
      run.forEach((sector, index) => {
        bytes.set(this.#pending.get(sector)!, index * this.sectorBytes);
      });
      patches.push({ offsetBytes: first * this.sectorBytes, bytes });
      run = [];
    };
    for (const sector of [...this.#pending.keys()].sort((a, b) => a - b)) {
      if (sector !== (run.at(-1) ?? -1) + 1) end();
      run.push(sector);
    }
    end();
    if (patches.length > 0) this.device.write(patches);
    this.#pending.clear();
  }

  #attempt(work: () => number): number {
    try {
      return work();
    } catch (error) {
      this.failure = error;
      return RES_ERROR;
    }
  }
}
