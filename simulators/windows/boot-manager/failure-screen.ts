import type { BootFailure } from './boot-failure';
import { centred, hints, ROWS, type TextScreen, textScreen, withFooter } from './text-screen';

const TITLE = 'Windows Boot Manager';
/** The key hints in the last row are our choice of words and place. */
const FOOTER = hints('ENTER=Continue', '', 'ESC=Exit');

/**
 * The screen of a failed boot. 6.1 has a centred title bar (as on a real screenshot) and a bar of key hints; the boot
 * sectors' and NTLDR's messages stand alone at the top. Since Windows 8 the boot manager's is blue, and so are the
 * kernel's of all versions.
 */
export function failureScreen(failure: BootFailure): TextScreen {
  if (failure.status === undefined) return textScreen(failure.screen);
  if (failure.era === 'windows-6.2+') return textScreen(failure.screen, { look: 'blue' });
  if (failure.stop) return textScreen(failure.screen, { look: 'dark blue' });
  const body = withFooter([centred(TITLE), '', ...failure.screen], FOOTER);
  return textScreen(body, { reversed: [0, ROWS - 1] });
}
