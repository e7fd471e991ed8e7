import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHive, isCleanHive, parseHive } from '../../disk/regf';
import { interruptedWrite } from '../../disk/regf/testing/dirty-hives';
import { type HiveStorage, localHiveStorage, logsForHive, saveHive } from '.';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'save-hive-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);
const bytesOf = (name: string) => new Uint8Array(readFileSync(at(name)));
const put = (name: string, bytes: Uint8Array) => writeFileSync(at(name), bytes);

/** Sets a value of a hive file, and gives what was written, by file. */
async function change(name: string, round: number): Promise<string[]> {
  const bytes = bytesOf(name);
  const hive = parseHive(bytes, { logs: await logsForHive(localHiveStorage, at(name), bytes) });
  hive.createKey('Steady').setDword('Round', round);
  const written: string[] = [];
  const storage: HiveStorage = {
    read: localHiveStorage.read,
    patch: (patches) => {
      written.push(...patches.map((patch) => path.basename(patch.path)));
      return localHiveStorage.patch(patches);
    },
    replace: (target, content) => {
      written.push(`${path.basename(target)} as a whole`);
      return localHiveStorage.replace(target, content);
    },
  };
  await saveHive(storage, at(name), hive);
  return written;
}

const roundOf = (name: string) => parseHive(bytesOf(name)).key('Steady')?.getDword('Round');

describe('saving a hive', () => {
  it.each([
    ['SYSTEM', 'SYSTEM.LOG1'],
    ['BCD', 'BCD.LOG'],
    ['bcd', 'bcd.LOG'],
  ])('logs %s in %s where there is no log, and leaves it clean', async (name, log) => {
    put(name, createHive('ROOT').serialize());
    const written = await change(name, 5);
    expect(written.slice(0, 3)).toEqual([name, log, log]);
    expect(new Set(written.slice(3))).toEqual(new Set([name]));
    expect(readdirSync(folder).sort()).toEqual([name, log]);
    expect([roundOf(name), isCleanHive(bytesOf(name))]).toEqual([5, true]);
  });

  it('takes the log that is in use, and makes the others void', async () => {
    put('SAM', createHive('ROOT').serialize());
    put('SAM.LOG1', new Uint8Array(0));
    put('SAM.LOG2', interruptedWrite('new').logs[0]!);
    put('SAM.LOG', interruptedWrite('old').logs[0]!);
    const written = await change('SAM', 6);
    expect(written.slice(0, 5)).toEqual(['SAM.LOG2', 'SAM.LOG', 'SAM', 'SAM.LOG2', 'SAM.LOG2']);
    expect(bytesOf('SAM.LOG').subarray(0, 512)).toEqual(new Uint8Array(512));
    expect([roundOf('SAM'), bytesOf('SAM.LOG1').length]).toEqual([6, 0]);
  });

  it('goes on with a hive that was not closed', async () => {
    const { hive, logs } = interruptedWrite('new');
    put('SYSTEM', hive);
    put('SYSTEM.LOG1', logs[0]!);
    await change('SYSTEM', 7);
    expect(roundOf('SYSTEM')).toBe(7);
    // The interrupted change is there as well.
    expect(parseHive(bytesOf('SYSTEM')).key('Data')?.getBinary('Bytes')).toEqual(new Uint8Array(300).fill(2));
  });

  it('keeps the file as large as it was when the hive gets smaller', async () => {
    const hive = createHive('ROOT');
    hive.createKey('Large').setBinary('Data', new Uint8Array(20_000));
    put('SYSTEM', hive.serialize());
    const { length } = bytesOf('SYSTEM');
    hive.deleteKey('Large');
    await saveHive(localHiveStorage, at('SYSTEM'), hive);
    expect(bytesOf('SYSTEM').length).toBe(length);
    expect(parseHive(bytesOf('SYSTEM')).key('Large')).toBeUndefined();
  });

  it('replaces what is no hive, and makes a file where there is none', async () => {
    const hive = createHive('ROOT');
    put('BCD', new Uint8Array(9000));
    for (const name of ['BCD', 'NEW']) {
      await saveHive(localHiveStorage, at(name), hive);
      expect(bytesOf(name)).toEqual(hive.serialize());
    }
    expect(readdirSync(folder).sort()).toEqual(['BCD', 'NEW']);
  });
});
