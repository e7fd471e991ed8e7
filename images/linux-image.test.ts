import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assembleLinuxImage, type MemoryImage, memoryImage } from './linux-image';
import { bootInitrd } from './recipes/boot-initrd';
import { kernel } from './recipes/kernel';
import { ImageStore } from './store';

/** An ELF64 file with these loadable segments, each of one letter. */
function elf(segments: readonly { at: number; letter: string; length: number; size: number }[]): Buffer {
  const file = Buffer.alloc(4096 * (segments.length + 1));
  file.write('\x7fELF\x02', 'latin1');
  file.writeBigUInt64LE(0x1000040n, 0x18);
  file.writeBigUInt64LE(64n, 0x20);
  file.writeUInt16LE(56, 0x36);
  file.writeUInt16LE(segments.length, 0x38);
  for (const [index, { at, letter, length, size }] of segments.entries()) {
    const header = 64 + 56 * index;
    file.writeUInt32LE(1, header);
    const fields = [4096 * (index + 1), 0xffffffff81000000n, at, length, size] as const;
    for (const [field, value] of fields.entries())
      file.writeBigUInt64LE(BigInt(value), header + 8 * (field + 1));
    file.fill(letter, 4096 * (index + 1), 4096 * (index + 1) + length);
  }
  return file;
}

describe('memoryImage', () => {
  it('puts the segments where they are loaded, and leaves the zeros at the end to be made', () => {
    const image = memoryImage(
      elf([
        { at: 0x1000000, letter: 'a', length: 3, size: 16 },
        { at: 0x1000010, letter: 'b', length: 2, size: 4096 },
      ]),
    );
    expect(image).toMatchObject({ address: 0x1000000, entry: 0x1000040, size: 16 + 4096 });
    expect(image.bytes).toEqual(Buffer.from(`aaa${'\0'.repeat(13)}bb`));
  });

  it('refuses what is no 64-bit ELF file', () => {
    expect(() => memoryImage(Buffer.alloc(64))).toThrow('no 64-bit ELF');
  });
});

describe('assembleLinuxImage', () => {
  const bzImage = Buffer.alloc(4096, 0x55);
  bzImage.writeUInt8(3, 0x1f1);
  const start = Buffer.alloc(40, 0x90);
  const linux: MemoryImage = { address: 0x1000000, entry: 0x1000040, bytes: Buffer.alloc(0), size: 0x300000 };

  it('keeps the set-up code and hands the start code its plan', () => {
    const image = assembleLinuxImage({ bzImage, start, payload: Buffer.from('packed'), kernel: linux });
    expect(image.subarray(0, 0x1f1)).toEqual(bzImage.subarray(0, 0x1f1));
    const code = image.subarray(4 * 512);
    expect(code.length).toBe(image.readUInt32LE(0x1f4) * 16);
    const plan = Array.from({ length: 6 }, (_, index) => code.readUInt32LE(4 + index * 4));
    expect(plan).toEqual([48, 6, 0x1000000, 0x300000, 0x1000040, 0x1400000]);
    expect(code.toString('latin1', 48, 54)).toBe('packed');
  });

  it('says so when the packed kernel would be written over as it is unpacked', () => {
    const payload = Buffer.alloc(0xf00000);
    expect(() => assembleLinuxImage({ bzImage, start, payload, kernel: linux })).toThrow(
      'does not fit below',
    );
  });
});

const store = new ImageStore();
const built = [kernel, bootInitrd].every((recipe) =>
  existsSync(path.join(store.directoryOf(recipe), 'manifest.json')),
);

describe.skipIf(!built)('the kernel for boot loaders', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-linux-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string) => path.join(store.directoryOf(kernel), name);

  it('holds for lz4 what the uncompressed kernel holds', async () => {
    const image = readFileSync(file('linux'));
    const code = image.subarray((image.readUInt8(0x1f1) + 1) * 512);
    const packed = path.join(folder, 'kernel.lz4');
    writeFileSync(packed, code.subarray(code.readUInt32LE(4), code.readUInt32LE(4) + code.readUInt32LE(8)));
    const { stdout } = await execa('lz4', ['-d', '-c', packed], { encoding: 'buffer', maxBuffer: 2 ** 27 });
    expect(memoryImage(readFileSync(file('vmlinux'))).bytes.equals(stdout)).toBe(true);
  });

  it("is started by the host's QEMU as a boot loader does, up to user space", async () => {
    const initrd = path.join(store.directoryOf(bootInitrd), 'initrd');
    const { stdout } = await execa(
      'qemu-system-x86_64',
      [
        ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-monitor', 'none'],
        ...['-accel', 'tcg', '-m', '512', '-serial', 'stdio', '-kernel', file('linux'), '-initrd', initrd],
        ...['-append', 'console=ttyS0 quiet panic=-1 standin.probe'],
      ],
      { stdin: 'ignore', timeout: 60_000 },
    );
    expect(stdout).toContain('standin: user space reached');
  }, 60_000);
});
