import { createServer } from 'node:net';
import { Session } from '../../../simulators/vm';
import { chooseWorkstation } from '../../../simulators/workstation';

/** Opens what a customer's computer of these host programs can hold open, says so, and stays. */
async function main(): Promise<void> {
  const session = Session.start();
  const workstation = await chooseWorkstation({
    directory: session.tempDir('ws'),
    environment: session.environment,
    flavour: 'host',
  });
  // Takes the connection and says nothing: the remote desktop stays in the making. Its address is this process's own.
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as { port: number };
  await workstation.rdp({ host: '127.0.0.1', port, user: 'nobody', password: 'none' }).connect();
  const { browser } = await workstation.browser();
  await (await browser.newPage()).goto('data:text/html,<h1>Here</h1>');
  process.stdout.write('open\n');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
