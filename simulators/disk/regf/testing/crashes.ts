import { concatBytes } from '../../bytes';
import type { HiveWriteStep } from '..';

/** A hive file and its logs, as they lie on a disk. */
export interface HiveFiles {
  readonly hive: Uint8Array;
  readonly logs: readonly Uint8Array[];
}

const SECTOR = 512;

/** What a step has left when the power went: the bytes of it that reached the disk, counted over all of its pieces. */
type Torn = (step: HiveWriteStep) => readonly { readonly from: number; readonly to: number }[];

const lengthOf = ({ pieces }: HiveWriteStep): number =>
  pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);

const whole: Torn = (step) => [{ from: 0, to: lengthOf(step) }];

export function afterSteps(files: HiveFiles, steps: readonly HiveWriteStep[], torn: Torn = whole): HiveFiles {
  let { hive } = files;
  const logs = [...files.logs];
  for (const step of steps) {
    for (const range of torn(step)) {
      let start = 0;
      for (const { offset, bytes } of step.pieces) {
        const from = Math.max(0, range.from - start);
        const piece = bytes.subarray(from, Math.max(from, range.to - start));
        start += bytes.length;
        if (piece.length === 0) continue;
        if (step.file === 'hive') hive = patched(hive, offset + from, piece);
        else logs[step.file] = patched(logs[step.file] ?? new Uint8Array(0), offset + from, piece);
      }
    }
  }
  return { hive, logs };
}

function patched(file: Uint8Array, offset: number, piece: Uint8Array): Uint8Array {
  const end = offset + piece.length;
  const after = end > file.length ? concatBytes(file, new Uint8Array(end - file.length)) : file.slice();
  after.set(piece, offset);
  return after;
}

/**
 * States that a power cut can leave: after each number of steps, and in the middle of each. There, the step's head or
 * its tail has been written, cut at fields of the base block and at places of `below`'s choice, or just some of its
 * sectors, as a disk with a cache writes them in an order of its own.
 */
export function* powerCuts(
  files: HiveFiles,
  steps: readonly HiveWriteStep[],
  below: (limit: number) => number,
): Generator<{ readonly files: HiveFiles; readonly cut: string }> {
  let done = files;
  yield { files: done, cut: 'before the first step' };
  for (const [number, step] of steps.entries()) {
    for (const [name, torn] of tears(lengthOf(step), below)) {
      yield { files: afterSteps(done, [step], torn), cut: `step ${number} (${step.file}): ${name}` };
    }
    done = afterSteps(done, [step]);
    yield { files: done, cut: `after step ${number}` };
  }
}

function tears(length: number, below: (limit: number) => number): [string, Torn][] {
  const places = new Set([1, 4, 5, 8, 12, 20, 36, 40, 44, 100, 508, 509, 510, 511]);
  const sectors = Math.ceil(length / SECTOR);
  for (let count = 0; count < 4; count += 1) places.add(SECTOR * below(sectors + 1)).add(below(length));
  const torn: [string, Torn][] = [];
  for (const at of [...places].filter((place) => place > 0 && place < length)) {
    torn.push([`the first ${at} bytes`, () => [{ from: 0, to: at }]]);
    torn.push([`all but the first ${at} bytes`, () => [{ from: at, to: length }]]);
  }
  if (sectors > 1) {
    const kept = Array.from({ length: sectors }, (_none, index) => index).filter(() => below(2) === 0);
    torn.push([
      `the sectors ${kept.join(', ')}`,
      () => kept.map((index) => ({ from: SECTOR * index, to: Math.min(length, SECTOR * (index + 1)) })),
    ]);
  }
  return torn;
}
