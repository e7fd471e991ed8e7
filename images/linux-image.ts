import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from './key';
import type { BuildContext } from './recipe';

/** A kernel as it lies in memory when it is entered. Addresses are physical. */
export interface MemoryImage {
  readonly address: number;
  readonly entry: number;
  /** What is not zero at the end. */
  readonly bytes: Buffer;
  /** With the zeros behind it. */
  readonly size: number;
}

/** Boot loaders put the start code here, the kernel is linked above it: in between must be room for both. */
const LOAD_ADDRESS = 0x100000;
const PAGE_TABLES = 64 * 1024;
const MIB = 1024 * 1024;

/** How gcc makes code that runs at any address, without a system below it, and nothing around it. */
const bareCode = [
  '-m32',
  '-O2',
  '-ffreestanding',
  '-fno-pic',
  '-fno-asynchronous-unwind-tables',
  '-fno-stack-protector',
  '-fno-tree-loop-distribute-patterns',
  '-fno-jump-tables',
  '-fcf-protection=none',
  '-nostdlib',
  '-static',
  '-Wl,-Ttext=0',
  '-Wl,-e,0',
  '-Wl,--build-id=none',
  '-Wl,--oformat=binary',
];

/** The loadable segments of an uncompressed kernel (ELF64, program headers of type PT_LOAD). */
export function memoryImage(vmlinux: Buffer): MemoryImage {
  if (vmlinux.readUInt32BE(0) !== 0x7f454c46 || vmlinux.readUInt8(4) !== 2)
    throw new Error('The uncompressed kernel is no 64-bit ELF file.');
  const table = Number(vmlinux.readBigUInt64LE(0x20));
  const segments = Array.from({ length: vmlinux.readUInt16LE(0x38) }, (_, index) => {
    const at = table + index * vmlinux.readUInt16LE(0x36);
    const field = (offset: number): number => Number(vmlinux.readBigUInt64LE(at + offset));
    return {
      type: vmlinux.readUInt32LE(at),
      offset: field(8),
      address: field(24),
      fileSize: field(32),
      size: field(40),
    };
  }).filter(({ type }) => type === 1);
  const address = Math.min(...segments.map((segment) => segment.address));
  const size = Math.max(...segments.map((segment) => segment.address + segment.size)) - address;
  const bytes = Buffer.alloc(size);
  for (const { offset, address: place, fileSize } of segments)
    vmlinux.copy(bytes, place - address, offset, offset + fileSize);
  let end = size;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return { address, entry: Number(vmlinux.readBigUInt64LE(0x18)), bytes: bytes.subarray(0, end), size };
}

/**
 * A bzImage of another's set-up code, our start code, and a packed kernel (Linux x86 boot protocol 2.15).
 * @param payload `kernel.bytes` in LZ4's legacy framing
 */
export function assembleLinuxImage(parts: {
  readonly bzImage: Buffer;
  readonly start: Buffer;
  readonly payload: Buffer;
  readonly kernel: MemoryImage;
}): Buffer {
  const { bzImage, start, payload, kernel } = parts;
  const setup = Buffer.from(bzImage.subarray(0, (bzImage.readUInt8(0x1f1) + 1) * 512));
  const code = Buffer.from(start);
  const payloadOffset = Math.ceil(code.length / 16) * 16;
  const length = Math.ceil((payloadOffset + payload.length) / 16) * 16;
  if (LOAD_ADDRESS + length > kernel.address)
    throw new Error(
      `The packed kernel (${length} bytes) does not fit below the place that it unpacks itself to (${kernel.address}).`,
    );
  // Behind the kernel and its own first allocations.
  const scratch = Math.ceil((kernel.address + kernel.size) / MIB + 1) * MIB;
  // `struct plan` of linux-start.c, behind its first jump.
  const plan = [payloadOffset, payload.length, kernel.address, kernel.size, kernel.entry, scratch];
  for (const [index, value] of plan.entries()) code.writeUInt32LE(value, 4 + index * 4);
  setup.writeUInt32LE(length / 16, 0x1f4); // syssize
  setup.writeUInt8(0, 0x234); // not relocatable
  setup.writeUInt16LE(0, 0x236); // no 64-bit and no EFI entry
  setup.writeUInt32LE(0, 0x248); // nothing that others could unpack
  setup.writeUInt32LE(0, 0x24c);
  setup.writeBigUInt64LE(BigInt(LOAD_ADDRESS), 0x258); // preferred address
  setup.writeUInt32LE(scratch + PAGE_TABLES - LOAD_ADDRESS, 0x260); // memory needed from there
  const body = Buffer.alloc(length);
  code.copy(body);
  payload.copy(body, payloadOffset);
  return Buffer.concat([setup, body]);
}

/** Packs an uncompressed kernel for boot loaders, so that unpacking costs a tenth of what XZ costs under emulation. */
export async function makeLinuxImage(
  context: BuildContext,
  bzImage: Buffer,
  vmlinux: Buffer,
): Promise<Buffer> {
  const kernel = memoryImage(vmlinux);
  const plain = path.join(context.temp, 'kernel.bin');
  const packed = path.join(context.temp, 'kernel.lz4');
  const start = path.join(context.temp, 'linux-start.bin');
  await writeFile(plain, kernel.bytes);
  await context.run('lz4', ['-q', '-f', '-l', '-9', plain, packed]);
  await context.run('gcc', [...bareCode, '-o', start, path.join(projectRoot, 'images/files/linux-start.c')]);
  return assembleLinuxImage({
    bzImage,
    start: await readFile(start),
    payload: await readFile(packed),
    kernel,
  });
}
