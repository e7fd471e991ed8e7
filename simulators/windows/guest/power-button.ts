import { Key, type Keyboard } from '../../linux-devices';
import type { WindowsHost } from '../windows-host';

/** Windows shuts down when its power button is pressed, once, whoever is logged on. */
export function followPowerButton(
  button: Keyboard,
  host: Pick<WindowsHost, 'shutdown'>,
  log: (sentence: string) => void,
): void {
  const stop = button.onKey(({ code, action }) => {
    if (code !== Key.Power || action !== 'down') return;
    stop();
    log('The power button was pressed: Windows is shutting down.');
    host.shutdown().catch((error: unknown) => {
      log(`Windows could not shut down: ${String(error)}`);
      followPowerButton(button, host, log);
    });
  });
}
