import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BcdStore, encodeDevice } from '../../../disk/bcd';
import { toHex } from '../../../disk/bytes';
import { RescueMachine } from '../testing/rescue-machine';

const shared = process.env['RESCUE_LAB_SHARED'] ?? resolve(__dirname, '../../../../../shared');
const folder = join(shared, 'samples/bcd');
const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.txt')) : [];
const haveHivex = spawnSync('hivexregedit', ['--help']).error === undefined;

let machine: RescueMachine;
beforeEach(async () => {
  machine = await RescueMachine.start();
});
afterEach(() => machine[Symbol.asyncDispose]());

/** Device elements of a store, as the bytes that stand in it. */
const devices = (store: BcdStore) =>
  store.objects().flatMap((object) =>
    object.elements().flatMap(({ code, value }) =>
      // Copies come under new identifiers.
      value.kind === 'device' ? [`${object.type} ${code} ${toHex(encodeDevice(value.device))}`] : [],
    ),
  );

describe.skipIf(names.length === 0)('a store made by Windows', () => {
  it.each(names)('%s is listed, copied entry by entry, changed and written back', async (name) => {
    const before = BcdStore.parse(new Uint8Array(readFileSync(join(folder, name))));
    await machine.put('d/Boot/BCD', new Uint8Array(readFileSync(join(folder, name))));
    const run = async (command: string) => {
      const { exitCode, output, errors } = await machine.run(`bcdedit /store d:\\boot\\bcd ${command}`);
      expect({ command, exitCode, errors }).toEqual({ command, exitCode: 0, errors: '' });
      return output;
    };
    const listing = await run('/enum all /v');
    for (const { id } of before.objects()) expect(listing).toContain(`identifier              ${id}`);
    for (const { id } of before.objects()) {
      await run(`/copy ${id} /d "A copy"`);
      await run(`/mirror ${id}`);
    }
    const after = await machine.store('d/Boot/BCD');
    const all = devices(before);
    expect(devices(after).sort()).toEqual([...all, ...all, ...all].sort());
    if (before.bootManager) await run('/timeout 7');
    await run('/export d:\\copy');
    expect(devices(await machine.store('d/copy'))).toEqual(devices(after));
    if (!haveHivex) return;
    const text = execFileSync('hivexregedit', ['--export', join(machine.folder, 'd/copy'), '\\Objects'], {
      encoding: 'utf8',
      maxBuffer: 1 << 24,
    });
    expect(text.match(/^\[\\Objects\\\{[0-9a-f-]{36}\}\]/gm) ?? []).toHaveLength(after.objects().length);
  });
});
