import type { ComponentIo } from './striped-component';
import type { PatchList, VolumeColumn } from './volume-column';

/**
 * Left-symmetric parity, as Windows Server 2008 R2 lays it (seen on the samples): in row r of n columns the parity is
 * in column n-1-(r mod n), and the data begins in the column behind it and goes round.
 */
export function raid5Column(row: number, dataChunk: number, columns: number): number {
  return (raid5Parity(row, columns) + 1 + dataChunk) % columns;
}

export function raid5Parity(row: number, columns: number): number {
  return columns - 1 - (row % columns);
}

/** Adds the bytes of `other` to those of `sum`, without carry. Both have the same length. */
export function xorInto(sum: Uint8Array, other: Uint8Array): void {
  let at = 0;
  if (((sum.byteOffset | other.byteOffset) & 3) === 0) {
    const words = sum.length >>> 2;
    const target = new Int32Array(sum.buffer, sum.byteOffset, words);
    const source = new Int32Array(other.buffer, other.byteOffset, words);
    for (let word = 0; word < words; word += 1) target[word] = target[word]! ^ source[word]!;
    at = words * 4;
  }
  for (; at < sum.length; at += 1) sum[at] = sum[at]! ^ other[at]!;
}

/** RAID-5 over three or more columns. One of them may be missing or out of date: it is worked out from the others. */
export class Raid5Io implements ComponentIo {
  readonly current: boolean;
  readonly degraded: boolean;
  /** Data chunks of a row. */
  readonly #width: number;
  /** Bytes of data in a row. */
  readonly rowBytes: number;
  /** The column that cannot be read, or -1. */
  readonly #lost: number;

  constructor(
    private readonly columns: readonly VolumeColumn[],
    private readonly chunk: number,
  ) {
    const lost = columns.filter((column) => !column.current);
    this.current = lost.length < 2;
    this.degraded = lost.length > 0;
    this.#lost = lost.length > 0 ? columns.indexOf(lost[0]!) : -1;
    this.#width = columns.length - 1;
    this.rowBytes = this.#width * chunk;
  }

  /** One read per column, parity chunks in between included. */
  read(offset: number, length: number): Uint8Array {
    const { chunk } = this;
    const width = this.#width;
    const first = Math.floor(offset / chunk);
    if (offset + length <= (first + 1) * chunk) {
      const row = Math.floor(first / width);
      const column = raid5Column(row, first % width, this.columns.length);
      return this.#readColumn(column, row * chunk + offset - first * chunk, length);
    }
    const bytes = new Uint8Array(length);
    const last = Math.floor((offset + length - 1) / chunk);
    const firstRow = Math.floor(first / width);
    const rows = Math.floor(last / width) - firstRow + 1;
    if (last - first < this.columns.length) this.#readChunks(offset, bytes, first, last);
    else this.#readRows(offset, bytes, firstRow, rows);
    return bytes;
  }

  #readChunks(offset: number, bytes: Uint8Array, first: number, last: number): void {
    const { chunk, columns } = this;
    for (let index = first; index <= last; index += 1) {
      const row = Math.floor(index / this.#width);
      const from = Math.max(index * chunk, offset);
      const end = Math.min((index + 1) * chunk, offset + bytes.length);
      const column = raid5Column(row, index % this.#width, columns.length);
      bytes.set(this.#readColumn(column, row * chunk + from - index * chunk, end - from), from - offset);
    }
  }

  #readRows(offset: number, bytes: Uint8Array, firstRow: number, rows: number): void {
    const { chunk, columns } = this;
    const data = columns.map((column, index) =>
      index === this.#lost ? new Uint8Array(rows * chunk) : column.read(firstRow * chunk, rows * chunk),
    );
    const lost = data[this.#lost];
    if (lost) for (const other of data) if (other !== lost) xorInto(lost, other);
    for (let row = firstRow; row < firstRow + rows; row += 1) {
      for (let part = 0; part < this.#width; part += 1) {
        const start = (row * this.#width + part) * chunk;
        const from = Math.max(start, offset);
        const end = Math.min(start + chunk, offset + bytes.length);
        if (from >= end) continue;
        const at = (row - firstRow) * chunk + from - start;
        const column = data[raid5Column(row, part, columns.length)]!;
        bytes.set(column.subarray(at, at + end - from), from - offset);
      }
    }
  }

  #readColumn(column: number, offset: number, length: number): Uint8Array {
    if (column !== this.#lost) return this.columns[column]!.read(offset, length);
    const sum = new Uint8Array(length);
    this.columns.forEach((other, index) => {
      if (index !== column) xorInto(sum, other.read(offset, length));
    });
    return sum;
  }

  /** Row by row; the parity comes from the whole row, so that it is right afterwards whatever it was before. */
  write(offset: number, bytes: Uint8Array, patches: PatchList): void {
    const { rowBytes } = this;
    for (let at = offset; at < offset + bytes.length; ) {
      const row = Math.floor(at / rowBytes);
      const end = Math.min((row + 1) * rowBytes, offset + bytes.length);
      this.#writeRow(row, at - row * rowBytes, bytes.subarray(at - offset, end - offset), patches);
      at = end;
    }
  }

  /**
   * Rows `first` to before `end` made right: the column that is out of date from the others, or, where all are up to
   * date, the parity from the data.
   */
  rebuild(first: number, end: number, patches: PatchList): void {
    const { chunk, columns } = this;
    const size = (end - first) * chunk;
    if (this.#lost >= 0) {
      columns[this.#lost]!.write(first * chunk, this.#readColumn(this.#lost, first * chunk, size), patches);
      return;
    }
    const data = columns.map((column) => column.read(first * chunk, size));
    for (let row = first; row < end; row += 1) {
      const at = (row - first) * chunk;
      const parity = new Uint8Array(chunk);
      const target = raid5Parity(row, columns.length);
      data.forEach((bytes, column) => {
        if (column !== target) xorInto(parity, bytes.subarray(at, at + chunk));
      });
      columns[target]!.write(row * chunk, parity, patches);
    }
  }

  #writeRow(row: number, start: number, bytes: Uint8Array, patches: PatchList): void {
    const { chunk, columns } = this;
    const end = start + bytes.length;
    const many = Math.floor(start / chunk) !== Math.floor((end - 1) / chunk);
    // The part of every chunk whose parity changes.
    const from = many ? 0 : start % chunk;
    const to = many ? chunk : from + bytes.length;
    const parity = new Uint8Array(to - from);
    for (let part = 0; part < this.#width; part += 1) {
      const column = raid5Column(row, part, columns.length);
      const newStart = Math.max(start, part * chunk + from);
      const newEnd = Math.min(end, part * chunk + to);
      const fresh = newStart < newEnd ? bytes.subarray(newStart - start, newEnd - start) : undefined;
      const at = newStart - part * chunk;
      if (fresh?.length === parity.length) {
        xorInto(parity, fresh);
      } else {
        const old = this.#readColumn(column, row * chunk + from, to - from);
        xorInto(parity, fresh ? overlaid(old, fresh, at - from) : old);
      }
      if (fresh) columns[column]!.write(row * chunk + at, fresh, patches);
    }
    columns[raid5Parity(row, columns.length)]!.write(row * chunk + from, parity, patches);
  }
}

function overlaid(old: Uint8Array, fresh: Uint8Array, at: number): Uint8Array {
  const bytes = old.slice();
  bytes.set(fresh, at);
  return bytes;
}
