import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeRfbServer } from '../../server/rescue-relay/testing/fake-rfb-server';
import { VncViewer } from './vnc-viewer';

let directory: string;
let server: FakeRfbServer;
let viewer: VncViewer;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vnc-'));
  const path = join(directory, 'vnc.sock');
  server = await FakeRfbServer.listen(path, 16, 8, 0x0a1b2c);
  viewer = await VncViewer.connect({ path });
});
afterEach(async () => {
  await viewer[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

const corner = { x: 12, y: 4, width: 4, height: 4 };

test('waits for a change, and for a known picture to come back', async () => {
  const dark = viewer.snapshot(corner);
  await viewer.waitUntilChanged(dark); // The first picture: until then the screen is black.
  const before = viewer.snapshot(corner);
  server.fill(13, 5, 1, 1, 0xffffff);
  await viewer.waitUntilChanged(before);
  expect(PNG.sync.read(viewer.screenshot()).data.subarray((5 * 16 + 13) * 4, (5 * 16 + 14) * 4)).toEqual(
    Buffer.of(255, 255, 255, 255),
  );
  server.fill(13, 5, 1, 1, 0x0a1b2c);
  await viewer.waitUntilEqual(before);
});

test('a change elsewhere is not taken for one within', async () => {
  await viewer.waitUntilChanged(viewer.snapshot());
  const before = viewer.snapshot(corner);
  server.fill(0, 0, 4, 4, 0xffffff);
  await expect(viewer.waitUntilChanged(before, { deadline: 300 })).rejects.toThrow(
    'a change within 4x4 at 12,4',
  );
});

test('types text with Shift and presses keys together', async () => {
  await viewer.type('a!');
  viewer.ctrlAltDel();
  await server.keysSeen(12);
  expect(server.keys.map(({ keysym, down }) => `${down ? '+' : '-'}${keysym.toString(16)}`).join(' ')).toBe(
    '+61 -61 +ffe1 +21 -21 -ffe1 +ffe3 +ffe9 +ffff -ffff -ffe9 -ffe3',
  );
  expect(() => viewer.press('hyper')).toThrow('There is no key "hyper".');
});
