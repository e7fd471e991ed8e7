import { describe, expect, it } from 'vitest';
import { readU32, writeU64 } from '../bytes';
import { type MutationVerdict, tryMutations } from '../testing/mutations';
import { sealBaseBlock } from './base-block';
import { createHive, parseHive } from './index';
import { marvin32 } from './marvin32';
import { hiveOfOldLists } from './testing/crafted-hives';
import { interruptedWrite, twoLogs } from './testing/dirty-hives';

function smallHive(minorVersion: 3 | 5, withBigData: boolean): Uint8Array {
  const hive = createHive('ROOT', { minorVersion, fileName: 'test' });
  for (let index = 0; index < 12; index += 1) {
    const key = hive.createKey(`Branch${index % 4}\\Leaf${index}`);
    key.className = `class ${index}`;
    key.setString('Name', `value ${index}`);
    key.setDword('Number', index);
    key.setString('Имя', 'x');
  }
  if (withBigData) hive.createKey('Big').setBinary('Data', new Uint8Array(40_000).fill(7));
  return hive.serialize();
}

/** Right checksum of the base block, so that a changed field is looked at. */
function resealHive(bytes: Uint8Array): void {
  if (bytes.length >= 512) sealBaseBlock(bytes);
}

/** Right checksum of a log's header and right hashes of its first entry, where it has a size. */
function resealLog(bytes: Uint8Array): void {
  resealHive(bytes);
  if (bytes.length < 552) return;
  const size = readU32(bytes, 516);
  if (size < 40 || 512 + size > bytes.length) return;
  writeU64(bytes, 536, marvin32(bytes.subarray(552, 512 + size)));
  writeU64(bytes, 544, marvin32(bytes.subarray(512, 544)));
}

function expectBoth({ accepted, refused }: MutationVerdict): void {
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
}

const seeds = [smallHive(3, false), smallHive(5, false), smallHive(5, true), hiveOfOldLists()];

describe('damaged hives', () => {
  it('are read or refused, and it is said where and why', () => {
    expectBoth(tryMutations(seeds, (bytes) => parseHive(bytes), { reseal: resealHive }));
  });

  it('are read as far as possible, and what was read is a sound hive', () => {
    expectBoth(
      tryMutations(
        seeds.slice(0, 2),
        (bytes) => {
          let damages = 0;
          const hive = parseHive(bytes, { onDamage: () => damages++ });
          if (damages > 0) parseHive(hive.serialize());
        },
        { reseal: resealHive, seed: 2 },
      ),
    );
  });
});

describe('damaged logs', () => {
  const { hive, first } = twoLogs();

  it('of the new format are replayed as far as they are sound', () => {
    const verdict = tryMutations([first], (log) => parseHive(hive, { logs: [log] }), {
      places: [{ start: 0, end: 1200 }],
      reseal: resealLog,
    });
    expect(verdict.accepted).toBeGreaterThan(100);
  });

  it('of the old format are applied or left', () => {
    const files = interruptedWrite('old');
    const verdict = tryMutations(files.logs, (log) => parseHive(files.hive, { logs: [log] }), {
      places: [
        { start: 0, end: 64 },
        { start: 500, end: 1300 },
      ],
      reseal: resealHive,
    });
    expectBoth(verdict);
  });

  it('are of no harm to a damaged hive either', () => {
    const { hive: dirty, logs } = interruptedWrite('new');
    const verdict = tryMutations([dirty, hive], (bytes) => parseHive(bytes, { logs: [...logs, first] }), {
      places: [{ start: 0, end: 0x60 }],
      reseal: resealHive,
      seed: 3,
    });
    expect(verdict.accepted).toBeGreaterThan(100);
  });
});
