import type { MachineFacts } from '../tools';

/** What disk images tell of the machine that they belong to: nothing. */
export async function unknownMachine(): Promise<MachineFacts> {
  return {
    manufacturer: 'N/A',
    model: 'N/A',
    bios: 'N/A',
    processors: [],
    totalMemory: 0,
    freeMemory: 0,
    bootTime: new Date(),
  };
}
