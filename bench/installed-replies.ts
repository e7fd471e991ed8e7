import { installedAdministrator } from '../images';
import { Lab, startWorkstation } from '../simulators/lab';
import { type ConsoleReplies, consoleReplies } from './console-replies';

/** Boots an installed Windows stand-in from power-on, not nested, and types commands in its shell over SSH. */
export async function installedReplies(): Promise<ConsoleReplies> {
  await using lab = await Lab.start({ families: ['nova'], waypoints: false });
  await lab.nova.switchOn();
  const { address, ports } = lab.nova.machine.options;
  await using workstation = await startWorkstation(lab.session, () => undefined);
  return consoleReplies(
    workstation.ssh({ host: address, port: ports.ssh, ...credentials }),
    'bcdedit /enum all',
  );
}

const credentials = { user: installedAdministrator.name, password: installedAdministrator.password };
