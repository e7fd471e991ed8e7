import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Session } from '../session/session';
import { qemuAvailable } from '../testing/qemu-available';
import { backingOrigin } from './backing-origin';
import { createOverlay } from './overlay';
import { qemuImg } from './qemu-img';

const MIB = 1024 * 1024;

describe.skipIf(!qemuAvailable)('backingOrigin', () => {
  let session: Session;
  let folder: string;
  let base: string;
  beforeAll(async () => {
    session = Session.start();
    folder = session.tempDir('images');
    const raw = join(folder, 'base.raw');
    await writeFile(raw, Buffer.concat([Buffer.alloc(4 * MIB, 1), Buffer.alloc(4 * MIB)]));
    base = join(folder, 'base.qcow2');
    await qemuImg('convert', '-f', 'raw', '-O', 'qcow2', raw, base);
  });
  afterAll(() => session.dispose());

  let count = 0;
  async function overlay(of = base): Promise<string> {
    count += 1;
    const file = join(folder, `overlay-${count}.qcow2`);
    await createOverlay(of, file);
    return file;
  }
  const originOf = (file: string, offsetBytes = MIB, sizeBytes = MIB) =>
    backingOrigin({ path: file, format: 'qcow2' }, { offsetBytes, sizeBytes });
  const write = (file: string, offset: number) =>
    execa('qemu-io', ['-f', 'qcow2', '-c', `write -P 9 ${offset} 512`, file]);

  it('is the same in all overlays of an image, however many are between', async () => {
    const [one, other] = [await overlay(), await overlay()];
    const origin = await originOf(one);
    expect(origin).toMatch(/^1048576 at \d+ of .*base\.qcow2 /);
    expect(await originOf(other)).toBe(origin);
    expect(await originOf(await overlay(one))).toBe(origin);
  });

  it('is the same after a change beside the piece', async () => {
    const file = await overlay();
    const origin = await originOf(file);
    await write(file, 3 * MIB);
    expect(await originOf(file)).toBe(origin);
  });

  it('is another one for another piece, and for another file with the same bytes', async () => {
    const file = await overlay();
    const origins = [await originOf(file), await originOf(file, 2 * MIB), await originOf(file, MIB, 65536)];
    const copy = join(folder, 'copy.qcow2');
    await copyFile(base, copy);
    origins.push(await originOf(await overlay(copy)));
    expect(new Set(origins).size).toBe(4);
    expect(origins).not.toContain(undefined);
  });

  it('is not known where something of the piece lies in the image itself', async () => {
    const file = await overlay();
    await write(file, MIB + 65536);
    expect(await originOf(file)).toBeUndefined();
    expect(await originOf(base)).toBeUndefined();
  });

  it('is not known of what is packed', async () => {
    const packed = join(folder, 'packed.qcow2');
    await qemuImg('convert', '-c', '-f', 'qcow2', '-O', 'qcow2', base, packed);
    expect(await originOf(await overlay(packed))).toBeUndefined();
  });

  it('knows zeros that nobody has written', async () => {
    expect(await originOf(await overlay(), 5 * MIB)).toBe(await originOf(await overlay(), 6 * MIB));
  });

  it('quotes qemu-img', async () => {
    await expect(originOf('/nowhere.qcow2')).rejects.toThrow("Could not open '/nowhere.qcow2'");
  });
});
