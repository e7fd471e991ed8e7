import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../../simulators/disk/testing/partition-programs';
import { hiveOf } from './testing/cut-volume';
import { tool, whyNoImages } from './testing/disk-command';
import { recordWrites } from './testing/recorded-writes';
import { uefiServer } from './testing/server-images';

const reason = whyNoImages() ?? (hasProgram('mtype') ? undefined : 'mtype missing');
const STORE = '\\EFI\\Microsoft\\Boot\\BCD';
const ESP_OFFSET = 2048 * 512;

/** A file of the EFI system partition as mtools reads it. */
async function fileOf(image: string, path: string): Promise<Uint8Array | undefined> {
  const words = ['-i', `${image}@@${ESP_OFFSET}`, `::${path.replaceAll('\\', '/')}`];
  const { status, stdout } = spawnSync('mtype', words, { maxBuffer: 1 << 26 });
  return status === 0 ? new Uint8Array(stdout) : undefined;
}

describe.skipIf(reason !== undefined)(
  `an EFI system partition that lost power while bcdedit wrote${reason ? ` (${reason})` : ''}`,
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'fat-power-cut-'));
    const image = join(folder, 'server.img');
    const before = join(folder, 'before.img');
    beforeAll(async () => writeFileSync(image, await uefiServer(folder)));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const store = (from: string) => hiveOf((path) => fileOf(from, path), STORE);

    it.each([
      ['without a log', ['description', 'Another name']],
      ['with a log', ['description', 'A third name']],
      ['that makes store and log larger', ['loadoptions', 'x'.repeat(7000)]],
    ])('has the old or the new store: a change %s', async (_name, words) => {
      copyFileSync(image, before);
      const flushed = await recordWrites(folder, image, async (path) => {
        expect((await tool(folder, [path], ['bcdedit', '/set', '{default}', ...words])).code).toBe(0);
      });
      const [old, next] = [await store(before), await store(image)];
      expect(next).not.toBe(old);
      const cut = openSync(before, 'r+');
      const seen: string[] = [];
      for (const { offset, bytes } of flushed.flat()) {
        writeSync(cut, bytes, 0, bytes.length, offset);
        const found = await store(before);
        seen.push(found === old ? 'old' : found === next ? 'new' : found.slice(0, 100));
      }
      closeSync(cut);
      const turn = seen.indexOf('new');
      expect(turn).toBeGreaterThan(0);
      expect(seen).toEqual(seen.map((_one, index) => (index < turn ? 'old' : 'new')));
    });
  },
);
