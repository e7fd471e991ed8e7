import { type VncViewer, waitForWords } from '../simulators/workstation';
import type { RescueWorld } from './world';

/** From a key, or words on the serial line, to the picture that it leads to, under emulation on a busy host (ms). */
export const pictureDeadline = 90_000;

/** A machine's KVM console, at `host:port`; the caller disposes it. */
export function openConsole(world: RescueWorld, machine: { readonly console: string }): Promise<VncViewer> {
  const [host = '', port] = machine.console.split(':');
  return world.workstation.vnc({ host, port: Number(port) });
}

/** Waits for words on the screen and keeps the picture in the report. */
export async function seeOnConsole(
  world: RescueWorld,
  viewer: VncViewer,
  words: string | readonly string[],
  caption: string,
): Promise<void> {
  await world.keep(await waitForWords(viewer, words, { deadline: pictureDeadline }), caption);
}

/** Ctrl+Alt+Del at the lock screen. Before that is there, the keys would restart the machine. */
export async function unlockConsole(world: RescueWorld, viewer: VncViewer, user: string): Promise<void> {
  await seeOnConsole(world, viewer, 'Press Ctrl+Alt+Delete to unlock', 'The locked console');
  viewer.ctrlAltDel();
  await seeOnConsole(world, viewer, user, 'The logon screen');
}

/** Types a password at the logon screen; the user's prompt follows. */
export async function logOnAtConsole(
  world: RescueWorld,
  viewer: VncViewer,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<void> {
  await viewer.type(`${password}\n`);
  await seeOnConsole(world, viewer, `C:\\Users\\${user}>`, 'Logged on at the console');
}
