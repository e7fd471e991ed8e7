/** Entry point inside the rescue system: `node rescue-relay.js /run/nested-vnc.sock` (or `127.0.0.1:5900`). */
import { Framebuffer, Keyboards, takeConsole } from '../../linux-devices';
import { parseAddress } from './parse-address';
import { RescueRelay } from './relay';

async function main(): Promise<void> {
  const address = parseAddress(process.argv[2] ?? '');
  takeConsole();
  using framebuffer = Framebuffer.open();
  using keyboard = new Keyboards();
  await using _relay = new RescueRelay({
    address,
    framebuffer,
    keyboard,
    onState: (state) => console.log(`rescue-relay: ${state}`),
  });
  await new Promise<void>((resolve) => process.once('SIGTERM', resolve).once('SIGINT', resolve));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
