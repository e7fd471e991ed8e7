import { execa } from 'execa';

/**
 * The text on a picture of a screen, as an OCR program (tesseract) reads it. It knows nothing of what drew the picture.
 * Digits come back as their look-alikes at times: compare with `looksLike`.
 */
export async function readPicture(png: Uint8Array): Promise<string> {
  const { stdout } = await execa('tesseract', ['stdin', 'stdout', '-l', 'eng'], {
    input: png,
    env: { OMP_THREAD_LIMIT: '1' },
  });
  return stdout;
}

/** Whether a text read from a picture holds the words, whatever the spacing and whichever round sign a zero became. */
export function looksLike(read: string, wanted: string): boolean {
  return simplified(read).includes(simplified(wanted));
}

function simplified(text: string): string {
  return text
    .toLowerCase()
    .replace(/[o@]/g, '0')
    .replace(/[^a-z0-9]/g, '');
}
