import {
  looksLike,
  readPicture,
  type Snapshot,
  type VncViewer,
  waitForWords,
} from '../simulators/workstation';

const TURNS = 7;
const PROMPT = 'C:\\Users\\Administrator>';
/** Nothing comes any more when the picture stays as it is for so long (ms). */
const stillness = 1500;
const deadline = 60_000;

/** Logs on at a server's console as the administrator, up to the command prompt. */
export async function logOnAtScreen(viewer: VncViewer, password: string): Promise<void> {
  await waitForWords(viewer, 'Press Ctrl+Alt+Delete', { deadline });
  viewer.ctrlAltDel();
  await waitForWords(viewer, 'Administrator', { deadline });
  await viewer.type(`${password}\n`);
  await waitForWords(viewer, PROMPT, { deadline });
}

/**
 * Milliseconds from Enter, typed at the console, to the last change of the picture, on which a prompt is read then.
 * Emulator and viewer are part of it: QEMU looks for changes of the picture some 30 times a second.
 */
export async function screenReplies(viewer: VncViewer, command: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    await viewer.type('cls\n');
    await still(viewer);
    await viewer.type(command.slice(0, -1));
    await still(viewer);
    // The echo of the last letter: whoever types fast sees it and presses Enter.
    const before = withoutTaskbar(viewer);
    await viewer.type(command.slice(-1));
    await viewer.waitUntilChanged(before, { deadline });
    const started = performance.now();
    await viewer.type('\n');
    times.push((await still(viewer)) - started);
    const read = await readPicture(viewer.screenshot());
    if (!looksLike(read, PROMPT))
      throw new Error(`After "${command}" no prompt is read on the screen: ${read}`);
  }
  return times;
}

/** Waits until the picture stays as it is; answers when it changed last (`performance.now()`). */
async function still(viewer: VncViewer): Promise<number> {
  let changed = performance.now();
  for (;;) {
    const seen = withoutTaskbar(viewer);
    try {
      await viewer.waitUntilChanged(seen, { deadline: stillness });
    } catch {
      return changed;
    }
    changed = performance.now();
  }
}

/** A clock runs on the taskbar. */
function withoutTaskbar(viewer: VncViewer): Snapshot {
  return viewer.snapshot({ x: 0, y: 0, width: viewer.width, height: viewer.height - 48 });
}
