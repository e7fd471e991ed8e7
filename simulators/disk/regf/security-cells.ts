import { toHex } from '../bytes';
import type { CellWriter } from './cell-writer';

/** Security descriptors, each stored once, in the ring of `sk` cells that Windows keeps. */
export class SecurityCells {
  private readonly users = new Map<string, { descriptor: Uint8Array; keys: number[] }>();
  private readonly names = new Map<Uint8Array, string>();

  refer(descriptor: Uint8Array, keyCell: number): void {
    const name = this.names.get(descriptor) ?? toHex(descriptor);
    this.names.set(descriptor, name);
    const entry = this.users.get(name);
    if (entry === undefined) this.users.set(name, { descriptor, keys: [keyCell] });
    else entry.keys.push(keyCell);
  }

  /** @param old cells with descriptors that the hive has already; those that nobody refers to any more become free */
  write(cells: CellWriter, old: ReadonlyMap<number, Uint8Array> = new Map()): void {
    const places = new Map([...old].map(([cell, descriptor]) => [toHex(descriptor), cell]));
    const offsets: number[] = [];
    for (const [name, { descriptor }] of this.users)
      offsets.push(places.get(name) ?? cells.allocate(0x14 + descriptor.length));
    for (const cell of old.keys()) if (!offsets.includes(cell)) cells.release(cell);
    const kept = offsets.length === old.size && offsets.every((cell) => old.has(cell));
    for (const [index, { descriptor, keys }] of [...this.users.values()].entries()) {
      const cell = offsets[index]!;
      cells.setU32(cell, 0xc, keys.length);
      for (const key of keys) cells.setU32(key, 0x2c, cell);
      if (kept) continue;
      cells.setText(cell, 0, 'sk', true);
      cells.setU32(cell, 4, offsets[(index + 1) % offsets.length]!);
      cells.setU32(cell, 8, offsets[(index + offsets.length - 1) % offsets.length]!);
      cells.setU32(cell, 0x10, descriptor.length);
      cells.setBytes(cell, 0x14, descriptor);
    }
  }
}
