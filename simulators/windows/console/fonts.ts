import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';

/** CSS families of the console's pictures. Open Sans is the closest free relative of Segoe UI. */
export const fonts = { text: 'ConsoleText', light: 'ConsoleLight', mono: 'ConsoleMono' } as const;

/** For each family the files that may serve it, best first, as Debian's fonts-open-sans and fonts-dejavu-core lay them. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  [fonts.text]: ['open-sans/OpenSans-Regular.ttf', 'dejavu/DejaVuSans.ttf'],
  [fonts.light]: [
    'open-sans/OpenSans-Light.ttf',
    'dejavu/DejaVuSans-ExtraLight.ttf',
    'dejavu/DejaVuSans.ttf',
  ],
  [fonts.mono]: ['dejavu/DejaVuSansMono.ttf'],
};

/** Registers the fonts once per process. */
export function loadFonts(directory = '/usr/share/fonts/truetype'): void {
  for (const [family, files] of Object.entries(FILES)) {
    if (GlobalFonts.has(family)) continue;
    const file = files.map((name) => join(directory, name)).find((path) => existsSync(path));
    if (!file || !GlobalFonts.registerFromPath(file, family))
      throw new Error(
        `No font for the console: none of ${files.join(', ')} can be read below ${directory}. Install fonts-dejavu-core (and fonts-open-sans).`,
      );
  }
}
