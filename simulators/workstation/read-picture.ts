import { execa } from 'execa';
import { PNG } from 'pngjs';
import { waitingFor } from '../waits';

/**
 * The text on a picture of a screen, as an OCR program (tesseract) reads it. It knows nothing of what drew the picture.
 * Digits come back as their look-alikes at times: compare with `looksLike`.
 */
export function readPicture(png: Uint8Array): Promise<string> {
  return read(png, []);
}

/** Pictures up to this width are those of a VGA's text mode: its letters are the hardest to read, all of one size. */
const TEXT_MODE_WIDTH = 720;

/**
 * The text again, from the picture enlarged, which takes longer: `connected` in 8x16 on 1280x800 was read as `comected`,
 * and a VGA's `0xc000000f` as `Oxcoooooor`. A text mode's screen is read as one block: with the columns that are looked
 * for otherwise, its `\ntldr` became `Nntldr`.
 */
export function readEnlarged(png: Uint8Array): Promise<string> {
  const small = PNG.sync.read(Buffer.from(png));
  const isTextMode = small.width <= TEXT_MODE_WIDTH;
  return read(enlarged(small, isTextMode ? 3 : 2), isTextMode ? ['--psm', '6'] : []);
}

async function read(png: Uint8Array, options: readonly string[]): Promise<string> {
  const { stdout } = await waitingFor('OCR', () =>
    execa('tesseract', ['stdin', 'stdout', '-l', 'eng', ...options], {
      input: png,
      env: { OMP_THREAD_LIMIT: '1' },
    }),
  );
  return stdout;
}

function enlarged(small: PNG, times: number): Buffer {
  const large = new PNG({ width: small.width * times, height: small.height * times });
  const from = new Uint32Array(small.data.buffer, small.data.byteOffset, small.width * small.height);
  const to = new Uint32Array(large.data.buffer, large.data.byteOffset, large.width * large.height);
  for (let at = 0; at < to.length; at++) {
    const row = Math.floor(at / large.width / times);
    to[at] = from[row * small.width + Math.floor((at % large.width) / times)] ?? 0;
  }
  return PNG.sync.write(large);
}

/**
 * Whether a text read from a picture holds the words, whatever the spacing and whichever round sign a zero became. In a
 * VGA's letters a dotted zero is read as `e` too and `w` as `u` (`uinload`, `@xcooo0eef`): `0xc000000e` and `0xc000000f`
 * are still told apart. The serial line has the same text exactly.
 */
export function looksLike(read: string, wanted: string): boolean {
  return simplified(read).includes(simplified(wanted));
}

function simplified(text: string): string {
  return text
    .toLowerCase()
    .replace(/[oe@]/g, '0')
    .replace(/w/g, 'u')
    .replace(/[^a-z0-9]/g, '');
}
