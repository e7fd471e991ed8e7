import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { looksLike, readPicture } from '../read-picture';
import type { VncViewer } from './vnc-viewer';
import { waitForWords } from './wait-for-words';

/** A failure screen of the stand-in with UEFI: 1280x800 with type of 8x16. */
const picture = readFileSync(path.join(__dirname, '../testing/small-type.png'));
const viewer = {
  snapshot: () => undefined,
  screenshot: () => picture,
  waitUntilChanged: async () => {
    throw new Error('nothing changed');
  },
} as unknown as VncViewer;
const words = ['Your PC needs to be repaired', "A required device isn't connected", 'Error code: 0xc000000e'];

it('reads small type that OCR gets wrong at first', async () => {
  const read = await readPicture(picture);
  expect(words.every((some) => looksLike(read, some))).toBe(false);
  expect(await waitForWords(viewer, words, { deadline: 100 })).toBe(picture);
}, 30_000);

it('says which words it waited for and what is read', async () => {
  await expect(
    waitForWords(viewer, ['Recovery', 'Error code: 0xc0000098'], { deadline: 100 }),
  ).rejects.toThrow(
    /Waited 0\.1 s for \["Recovery","Error code: 0xc0000098"\].* Recovery \/ Your PC needs to be repaired/,
  );
}, 30_000);

it('takes a VGA’s letters for what OCR makes of them, and tells statuses apart', () => {
  // Read from a failure screen of 720x400.
  const read = 'File: \\Windous\\system32\\uinload exe\nStatus: @xcooo0eef\n';
  expect(looksLike(read, 'File: \\Windows\\system32\\winload.exe Status: 0xc000000f')).toBe(true);
  expect(looksLike(read, 'Status: 0xc000000e')).toBe(false);
  expect(looksLike(read, 'Status: 0xc000014c')).toBe(false);
});
