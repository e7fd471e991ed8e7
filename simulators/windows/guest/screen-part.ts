import { existsSync } from 'node:fs';
import { Framebuffer, Keyboards, takeConsole } from '../../linux-devices';
import { LogonConsole, rehearseConsole } from '../console';
import type { GuestPart } from './start-guest';

/** The logon screen on the machine's own display. A machine without one runs without. */
export const screenPart: GuestPart = async ({ host, accounts, log, openScreenShell, onProvisioned }) => {
  if (!existsSync('/dev/fb0')) {
    log('There is no /dev/fb0: no logon screen.');
    return undefined;
  }
  const owned = new DisposableStack();
  try {
    takeConsole();
    const framebuffer = owned.use(Framebuffer.open());
    const keyboard = owned.use(new Keyboards());
    const administrator = await accounts.find('');
    const screen = owned.use(
      new LogonConsole({
        framebuffer,
        keyboard,
        get hostName() {
          return host.hostName;
        },
        ...(administrator === undefined ? {} : { defaultUser: administrator }),
        authenticate: (user, password) => accounts.logOn(user, password, 'console'),
        openShell: openScreenShell,
      }),
    );
    onProvisioned(() => screen.refreshClock());
    return owned;
  } catch (error) {
    owned.dispose();
    throw error;
  }
};

/** Draws what the logon screen will draw, where nobody sees it. */
export const rehearseScreen = rehearseConsole;
