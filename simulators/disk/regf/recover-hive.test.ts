import { describe, expect, it } from 'vitest';
import { fromHex, readU32, writeU32 } from '../bytes';
import { parseHive, recoverHive } from '.';
import { sealBaseBlock } from './base-block';
import { marvin32 } from './marvin32';
import { textOf } from './testing/content';
import { interruptedWrite, smallHive, twoLogs } from './testing/dirty-hives';

const roundOf = (hive: Uint8Array, logs: readonly Uint8Array[]) =>
  parseHive(hive, { logs }).key('Steady')?.getDword('Round');

describe('the hash of log entries', () => {
  // Published test vectors: corefx, MarvinTests.cs (from skeeto/marvin32).
  it.each([
    ['', 0x30ed35c100cd3c7dn],
    ['af', 0x48e73fc77d75ddc1n],
    ['e70f', 0xb5f6e1fc485dbff8n],
    ['37f495', 0xf0b07c789b8cf7e8n],
    ['8642dc59', 0x7008f2e87e9cf556n],
    ['153fb79826', 0xe6c08c6da2afa997n],
    ['0932e6246c47', 0x6f04bf1a5ea24060n],
    ['ab427ea8d10fc7', 0xe11847e4f0678c41n],
  ])('is Marvin32: of "%s"', (bytes, hash) => {
    expect(marvin32(fromHex(bytes), 0x004fb61a001bdbccn)).toBe(hash);
  });
});

describe.each(['old', 'new'] as const)('a dirty hive with a log of the %s format', (format) => {
  const { hive, logs } = interruptedWrite(format);
  const [log] = logs as [Uint8Array];

  it('is read with what the log holds, and says so', () => {
    const read = parseHive(hive, { logs });
    expect([read.properties.state, read.dirty, read.properties.checksumValid]).toEqual([
      'recovered',
      true,
      true,
    ]);
    expect(roundOf(hive, logs)).toBe(2);
    const { used, bytes } = recoverHive(hive, [new Uint8Array(0), log]);
    expect(used).toEqual([1]);
    expect(parseHive(bytes).properties.state).toBe('clean');
  });

  it('is read as it is without the log, and says so', () => {
    const read = parseHive(hive);
    expect([read.properties.state, read.key('Steady')?.getDword('Round')]).toEqual(['unrecovered', 1]);
    expect(recoverHive(hive, []).bytes).toBe(hive);
  });

  it('takes its base block from the log when its own is torn', () => {
    const torn = hive.slice();
    torn.fill(0, 4, 0x30);
    expect(roundOf(torn, logs)).toBe(2);
    expect(() => parseHive(torn)).toThrow('version 0.0 is not one of 1.2 to 1.6');
  });

  it('does not look at the log when it is clean', () => {
    const clean = smallHive(1).serialize();
    expect(recoverHive(clean, logs)).toEqual({ state: 'clean', bytes: clean, used: [], notes: [] });
  });

  it.each([
    ['is cut short', (bytes: Uint8Array) => bytes.slice(0, 4000)],
    ['has a damaged header', (bytes: Uint8Array) => bytes.fill(0xee, 100, 104)],
    ['is no log', () => new Uint8Array(20_000)],
    [
      'was not finished',
      (bytes: Uint8Array) => {
        writeU32(bytes, 8, readU32(bytes, 4) - 1);
        sealBaseBlock(bytes);
        return bytes;
      },
    ],
    [
      'claims more than there can be',
      (bytes: Uint8Array) => {
        writeU32(bytes, 0x28, 0x7ffff000);
        sealBaseBlock(bytes);
        writeU32(bytes, 512 + 16, 0x7ffff000);
        return bytes;
      },
    ],
  ])('says why it does not use a log that %s', (_name, damage) => {
    const { state, notes } = recoverHive(hive, [damage(log.slice())]);
    expect(state).toBe('unrecovered');
    expect(notes.length).toBeGreaterThan(0);
    expect(notes.every(({ log: index, offset, reason }) => index === 0 && offset >= 0 && reason !== '')).toBe(
      true,
    );
    expect(roundOf(hive, [damage(log.slice())])).toBe(1);
  });
});

describe('an old log', () => {
  it('of another time than the hive is of another change', () => {
    const { hive, logs } = interruptedWrite('old');
    const log = logs[0]!.slice();
    log[0xc]! ^= 1;
    sealBaseBlock(log);
    expect(recoverHive(hive, [log]).notes).toEqual([
      {
        log: 0,
        offset: 0xc,
        reason: 'the log carries another time than the hive, so it is of another change',
      },
    ]);
  });

  it('that would leave no sound bins is not used', () => {
    const { hive, logs } = interruptedWrite('old');
    const log = logs[0]!.slice();
    log.fill(0, Buffer.from(log).indexOf('hbin'), Buffer.from(log).indexOf('hbin') + 4);
    expect(recoverHive(hive, [log])).toMatchObject({ state: 'unrecovered', bytes: hive });
    expect(recoverHive(hive, [log]).notes[0]?.reason).toContain('there would be no bin at 0');
  });
});

describe('two new logs', () => {
  it('are replayed one after the other, in the order of their sequence numbers', () => {
    const { hive, first, second, last } = twoLogs();
    for (const logs of [
      [first, second],
      [second, first],
    ]) {
      expect(textOf(parseHive(hive, { logs }).root)).toBe(last);
    }
    expect(recoverHive(hive, [second, first]).used).toEqual([1, 0]);
  });

  it('end the replay at the first entry that is not whole', () => {
    const { hive, first, second } = twoLogs();
    const torn = second.slice(0, second.length - 3000);
    expect(roundOf(hive, [first, torn])).toBe(3);
    const notesOf = (log: Uint8Array) =>
      recoverHive(hive, [first, log]).notes.filter(({ log: index }) => index === 1);
    expect(notesOf(torn)[0]?.reason).toContain('not made of whole sectors inside of the log');
    const flipped = second.slice();
    flipped[512 + 100]! ^= 1;
    expect(roundOf(hive, [first, flipped])).toBe(2);
    expect(notesOf(flipped)).toEqual([
      { log: 1, offset: 512 + 24, reason: 'the hash over the pages of a log entry is wrong' },
    ]);
  });

  it('are not replayed over a gap, nor when they are older than the hive', () => {
    const { hive, first, second } = twoLogs();
    const gap = second.slice();
    writeU32(gap, 4, readU32(gap, 4) + 5);
    writeU32(gap, 8, readU32(gap, 8) + 5);
    sealBaseBlock(gap);
    expect(roundOf(hive, [first, gap])).toBe(2);
    const ahead = hive.slice();
    writeU32(ahead, 4, 101);
    writeU32(ahead, 8, 100);
    sealBaseBlock(ahead);
    expect(recoverHive(ahead, [first, second]).state).toBe('unrecovered');
  });
});
