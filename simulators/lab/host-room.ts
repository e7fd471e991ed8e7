import { readFileSync } from 'node:fs';

const MEBIBYTE = 2 ** 20;
/** What QEMU needs beside a guest's memory under emulation: translated code, pictures, disks' caches. */
const OVERHEAD_MIB = 400;
/** Left to everything else on this computer. */
const RESERVE_MIB = 512;

/** The memory that programs can still be given, as Linux sees it (bytes). */
function availableMemory(): number {
  const [, kibibytes = '0'] = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

/**
 * How many more machines of a size this computer has room for, beside so many that the lab has promised room to already:
 * the smaller one of what its memory allowed when the lab began, and of what it allows now.
 */
export function hostRoom(
  memoryMiB: number,
  available: () => number = availableMemory,
): (promised: number) => number {
  const machines = (): number =>
    Math.floor((available() / MEBIBYTE - RESERVE_MIB) / (memoryMiB + OVERHEAD_MIB));
  const atFirst = machines();
  return (promised) => Math.max(Math.min(atFirst - promised, machines()), 0);
}
