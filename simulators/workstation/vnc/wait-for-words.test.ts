import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { looksLike, readPicture } from '../read-picture';
import type { VncViewer } from './vnc-viewer';
import { waitForWords } from './wait-for-words';

/** Failure screens of the stand-in: with UEFI 1280x800, with BIOS a VGA's text mode. */
const uefi = {
  picture: testingPicture('small-type.png'),
  words: ['Your PC needs to be repaired', "A required device isn't connected", 'Error code: 0xc000000e'],
};
const vga = {
  picture: testingPicture('vga-type.png'),
  words: ['Windows failed to start', 'File: \\ntldr Status: 0xc000000f Info: The selected entry could not'],
};

it.each([
  ['of 8x16', uefi],
  ["of a VGA's text mode", vga],
])(
  'reads small type %s that OCR gets wrong at first',
  async (_, { picture, words }) => {
    const read = await readPicture(picture);
    expect(words.every((some) => looksLike(read, some))).toBe(false);
    expect(await waitForWords(viewerOf(picture), words, { deadline: 100 })).toBe(picture);
  },
  30_000,
);

it('says which words it waited for and what is read', async () => {
  await expect(
    waitForWords(viewerOf(uefi.picture), ['Recovery', 'Error code: 0xc0000098'], { deadline: 100 }),
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

function testingPicture(file: string): Buffer {
  return readFileSync(path.join(__dirname, '../testing', file));
}

function viewerOf(picture: Buffer): VncViewer {
  return {
    snapshot: () => undefined,
    screenshot: () => picture,
    waitUntilChanged: async () => {
      throw new Error('nothing changed');
    },
  } as unknown as VncViewer;
}
