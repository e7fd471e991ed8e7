import Table from 'cli-table3';
import prettyBytes from 'pretty-bytes';
import type { HiveGrowth } from './hive-growth';
import type { Measurement } from './measure';

/** What one contest measured. */
export interface CodecFigures {
  readonly codec: string;
  readonly input: string;
  readonly ours: Measurement;
  readonly others: readonly Measurement[];
}

/** How many times as long as the other one: below 1, ours is ahead. */
export function ratioOf(ours: Measurement, other: Measurement): number {
  return ours.fastest / other.fastest;
}

export function codecTable(figures: readonly CodecFigures[]): string {
  const table = new Table({
    head: ['codec, input', 'program', 'fastest', 'median', 'memory', 'ours / it'],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
  });
  for (const { codec, input, ours, others } of figures) {
    for (const [index, measured] of [ours, ...others].entries()) {
      table.push([
        index === 0 ? `${codec}: ${input}` : '',
        measured.name,
        milliseconds(measured.fastest),
        milliseconds(measured.median),
        prettyBytes(measured.peakMemory, { binary: true }),
        index === 0 ? '' : ratioOf(ours, measured).toFixed(2),
      ]);
    }
  }
  return table.toString();
}

export function growthSentence({ program, inputs, peaks, perByte }: HiveGrowth): string {
  const [small, large] = inputs.map((size) => prettyBytes(size, { binary: true }));
  const [least, most] = peaks.map((size) => prettyBytes(size, { binary: true }));
  return `${program}: ${least} for a hive of ${small}, ${most} for one of ${large}: ${perByte.toFixed(2)} bytes for each further byte`;
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`;
}
