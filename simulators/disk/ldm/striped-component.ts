import type { PatchList, VolumeColumn } from './volume-column';

/** Reads and writes one copy of a volume's data. Offsets and lengths are in bytes and inside the volume. */
export interface ComponentIo {
  /** True where everything can be read and is up to date. */
  readonly current: boolean;
  /** True where a disk of it is missing or out of date. */
  readonly degraded: boolean;
  read(offset: number, length: number): Uint8Array;
  write(offset: number, bytes: Uint8Array, patches: PatchList): void;
}

/** A concatenated component is its only column. Old data on all of its disks is no reason not to read it. */
export function concatenatedIo(column: VolumeColumn): ComponentIo {
  return {
    current: column.current,
    degraded: !column.current,
    read: (offset, length) => column.read(offset, length),
    write: (offset, bytes, patches) => column.write(offset, bytes, patches),
  };
}

/** Chunks go to the columns in turn. */
export class StripedIo implements ComponentIo {
  readonly current: boolean;
  readonly degraded: boolean;

  constructor(
    private readonly columns: readonly VolumeColumn[],
    private readonly chunk: number,
  ) {
    this.current = columns.every((column) => column.current);
    this.degraded = !this.current;
  }

  /** One read per column: the chunks of a column lie one behind the other on it. */
  read(offset: number, length: number): Uint8Array {
    const { chunk, columns } = this;
    const first = Math.floor(offset / chunk);
    const inFirst = offset - first * chunk;
    const width = columns.length;
    if (inFirst + length <= chunk) {
      return columns[first % width]!.read(Math.floor(first / width) * chunk + inFirst, length);
    }
    const last = Math.floor((offset + length - 1) / chunk);
    const bytes = new Uint8Array(length);
    for (let index = first; index <= Math.min(last, first + width - 1); index += 1) {
      const final = last - ((last - index) % width);
      const start = Math.floor(index / width) * chunk + (index === first ? inFirst : 0);
      const used = final === last ? offset + length - last * chunk : chunk;
      const data = columns[index % width]!.read(start, Math.floor(final / width) * chunk + used - start);
      let at = 0;
      for (let each = index; each <= final; each += width) {
        const from = Math.max(each * chunk, offset);
        const size = Math.min((each + 1) * chunk, offset + length) - from;
        bytes.set(data.subarray(at, at + size), from - offset);
        at += size;
      }
    }
    return bytes;
  }

  write(offset: number, bytes: Uint8Array, patches: PatchList): void {
    const { chunk, columns } = this;
    for (let at = offset; at < offset + bytes.length; ) {
      const index = Math.floor(at / chunk);
      const end = Math.min((index + 1) * chunk, offset + bytes.length);
      const place = Math.floor(index / columns.length) * chunk + at - index * chunk;
      columns[index % columns.length]!.write(place, bytes.subarray(at - offset, end - offset), patches);
      at = end;
    }
  }
}
