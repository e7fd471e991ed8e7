/** A run with a workstation in a container, for tests that kill it: says its session in one line of JSON, and stays. */
import { Session } from '../../vm';
import { chooseWorkstation } from '../choose-workstation';
import { existingImage } from './existing-image';

async function run(): Promise<void> {
  const session = Session.start();
  const workstation = await chooseWorkstation({
    directory: session.tempDir('ws'),
    environment: session.environment,
    owner: session,
    image: existingImage(process.argv[2] ?? ''),
    flavour: 'container',
  });
  // Something that runs in the container.
  await workstation.browser();
  process.stdout.write(`${JSON.stringify({ id: session.id, directory: session.directory })}\n`);
}

run().catch((error) => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
