import { expect } from 'vitest';
import { DiskFormatError } from '../bytes';

/** Mutated inputs of each codec; `RESCUE_LAB_MUTATIONS=1000000 npx vitest run mutations` tries more. */
export const MUTATIONS = Number(process.env['RESCUE_LAB_MUTATIONS'] ?? 20_000);

/** Longest time for one input (ms): a reader that hangs is caught, a busy machine is not. */
const LONGEST = 5_000;

/** A small generator (mulberry32): the same seed gives the same inputs everywhere. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Values at which readers of lengths, counts and offsets go wrong. */
const EDGES = [
  0, 1, 2, 4, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
];

/** One input: the seed with a few bytes, fields, blocks or its end changed. Where to change is up to `places`. */
function mutate(seed: Uint8Array, random: (below: number) => number, places: readonly Place[]): Uint8Array {
  let bytes = seed.slice();
  const place = (): number => {
    const { start, end } = places[random(places.length)] ?? { start: 0, end: bytes.length };
    return Math.min(bytes.length - 1, start + random(Math.max(1, end - start)));
  };
  for (let changes = 1 + random(4); changes > 0 && bytes.length > 0; changes -= 1) {
    const at = place();
    switch (random(8)) {
      case 0:
        bytes[at] = bytes[at]! ^ (1 << random(8));
        break;
      case 1:
        bytes[at] = random(256);
        break;
      case 2:
      case 3: {
        // A whole field, in either byte order.
        const field = Math.min(1 << random(4), bytes.length - at);
        const value = EDGES[random(EDGES.length)]!;
        const bigEndian = random(2) === 0;
        for (let index = 0; index < field; index += 1) {
          const shift = 8 * (bigEndian ? field - 1 - index : index);
          bytes[at + index] = shift < 32 ? (value >>> shift) & 0xff : 0;
        }
        break;
      }
      case 4: {
        const length = Math.min(1 + random(512), bytes.length - at);
        bytes.copyWithin(place(), at, at + length);
        break;
      }
      case 5:
        bytes.fill(random(2) === 0 ? 0 : 0xff, at, at + 1 + random(64));
        break;
      case 6: {
        const value = random(0x1_0000) - 0x8000;
        if (at + 4 > bytes.length) break;
        const view = new DataView(bytes.buffer, bytes.byteOffset);
        view.setInt32(at, (view.getInt32(at, true) + value) | 0, true);
        break;
      }
      default:
        // A file or disk that is cut short, now and then.
        if (random(8) === 0) bytes = bytes.slice(0, random(bytes.length + 1));
    }
  }
  return bytes;
}

/** A range of bytes worth changing. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface MutationOptions {
  /** Where to change; everywhere where not given. A disk is mostly data that no codec looks at. */
  readonly places?: readonly Place[];
  /** Puts checksums right again, so that the inputs get past them; only some inputs go through it. */
  readonly reseal?: (bytes: Uint8Array) => void;
  readonly seed?: number;
}

/** What became of the inputs. */
export interface MutationVerdict {
  readonly accepted: number;
  readonly refused: number;
}

/**
 * Gives `read` MUTATIONS damaged versions of the sound inputs `seeds`. Each must be read, or refused with a
 * DiskFormatError that says where and why, in time; a crash names the number and the bytes of the input.
 */
export function tryMutations(
  seeds: readonly Uint8Array[],
  read: (bytes: Uint8Array) => unknown,
  { places = [], reseal, seed = 1 }: MutationOptions = {},
): MutationVerdict {
  const random = randomNumbers(seed);
  let accepted = 0;
  let refused = 0;
  for (let number = 0; number < MUTATIONS; number += 1) {
    const bytes = mutate(seeds[number % seeds.length]!, random, places);
    if (reseal && number % 4 !== 0) reseal(bytes);
    const start = performance.now();
    try {
      read(bytes);
      accepted += 1;
    } catch (error) {
      if (!(error instanceof DiskFormatError))
        throw new Error(`Mutated input ${number} (seed ${seed}) was not refused but crashed the reader.`, {
          cause: error,
        });
      expect(error.reason, `reason for input ${number}`).not.toBe('');
      expect(Number.isSafeInteger(error.offset) && error.offset >= 0, `offset for input ${number}`).toBe(
        true,
      );
      refused += 1;
    }
    const time = performance.now() - start;
    if (time > LONGEST)
      throw new Error(`Mutated input ${number} (seed ${seed}) took ${Math.round(time)} ms.`);
  }
  return { accepted, refused };
}
