import { statSync } from 'node:fs';
import { type Inputs, SERVICES } from './inputs';
import { type Program, peakMemoryOf } from './measure';

/** Peak memory of listing a hive and one of four times its size. Sizes in bytes. */
export interface HiveGrowth {
  readonly program: string;
  readonly inputs: readonly [small: number, large: number];
  readonly peaks: readonly [small: number, large: number];
  /** Bytes of memory for each further byte of the hive. */
  readonly perByte: number;
}

export async function hiveGrowth(
  inputs: Inputs,
  program: (file: string) => Program,
  folder: string,
): Promise<HiveGrowth> {
  const small = inputs.servicesHive(SERVICES);
  const large = inputs.servicesHive(4 * SERVICES);
  const peaks = [
    await peakMemoryOf(program(small), folder),
    await peakMemoryOf(program(large), folder),
  ] as const;
  const sizes = [statSync(small).size, statSync(large).size] as const;
  return {
    program: program(small).name,
    inputs: sizes,
    peaks,
    perByte: (peaks[1] - peaks[0]) / (sizes[1] - sizes[0]),
  };
}
