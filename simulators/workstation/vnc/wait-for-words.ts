import { waitingFor } from '../../waits';
import { looksLike, readEnlarged, readPicture } from '../read-picture';
import type { VncViewer } from './vnc-viewer';

/**
 * Looks at the screen until OCR reads the words on it, or all of several, again each time the picture has changed.
 * What is not read at first is looked for once more with the picture enlarged, which takes longer.
 * @returns the picture (PNG) on which they were read
 * @throws Error with what was read last
 */
export async function waitForWords(
  viewer: VncViewer,
  words: string | readonly string[],
  { deadline }: { readonly deadline: number },
): Promise<Buffer> {
  const until = performance.now() + deadline;
  for (;;) {
    const seen = viewer.snapshot();
    const png = viewer.screenshot();
    const read = await readPicture(png);
    const missing = [words].flat().filter((some) => !looksLike(read, some));
    if (missing.length === 0) {
      return png;
    }
    const large = await readEnlarged(png);
    if (missing.every((some) => looksLike(large, some))) {
      return png;
    }
    const left = until - performance.now();
    try {
      if (left <= 0) throw new Error('no time is left');
      await waitingFor('another picture', () => viewer.waitUntilChanged(seen, { deadline: left }));
    } catch (cause) {
      const shown = read.trim().replace(/\s*\n\s*/g, ' / ') || 'nothing';
      throw new Error(
        `Waited ${deadline / 1000} s for ${JSON.stringify(words)} on the screen. What is read there: ${shown}`,
        { cause },
      );
    }
  }
}
