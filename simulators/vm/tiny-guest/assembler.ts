/** Where a boot sector is loaded: its labels count from here. */
const origin = 0x7c00;

type Fixup = {
  readonly at: number;
  readonly label: string;
  readonly kind: 'absolute16' | 'relative16' | 'relative8';
};

/** Lays down machine code with labels; the instructions themselves are given as bytes. */
export class Assembler {
  readonly #bytes: number[] = [];
  readonly #labels = new Map<string, number>();
  readonly #fixups: Fixup[] = [];

  label(name: string): this {
    this.#labels.set(name, this.#bytes.length);
    return this;
  }

  bytes(...values: number[]): this {
    this.#bytes.push(...values);
    return this;
  }

  text(value: string): this {
    return this.bytes(...Buffer.from(value, 'latin1'));
  }

  /** Opcode bytes followed by a label's address. */
  address(opcode: readonly number[], label: string): this {
    return this.#fix(opcode, label, 'absolute16', 2);
  }

  call(label: string): this {
    return this.#fix([0xe8], label, 'relative16', 2);
  }

  /** A short jump: its opcode (0xeb always, 0x74 equal, 0xe2 loop, ...) and target. */
  jump(opcode: number, label: string): this {
    return this.#fix([opcode], label, 'relative8', 1);
  }

  /** The boot sector: 512 bytes with the signature at its end. */
  bootSector(): Buffer {
    if (this.#bytes.length > 510)
      throw new Error(`The code has ${this.#bytes.length} bytes; 510 fit a boot sector.`);
    const sector = Buffer.alloc(512);
    Buffer.from(this.#bytes).copy(sector);
    for (const { at, label, kind } of this.#fixups) {
      const target = this.#labels.get(label);
      if (target === undefined) throw new Error(`The label "${label}" is not in the code.`);
      if (kind === 'absolute16') sector.writeUInt16LE(origin + target, at);
      else if (kind === 'relative16') sector.writeInt16LE(target - (at + 2), at);
      else sector.writeInt8(target - (at + 1), at);
    }
    sector.writeUInt16LE(0xaa55, 510);
    return sector;
  }

  #fix(opcode: readonly number[], label: string, kind: Fixup['kind'], size: number): this {
    this.bytes(...opcode);
    this.#fixups.push({ at: this.#bytes.length, label, kind });
    return this.bytes(...new Array<number>(size).fill(0));
  }
}
