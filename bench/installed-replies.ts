import { installedAdministrator } from '../images';
import { Lab, startWorkstation } from '../simulators/lab';
import { type ConsoleReplies, consoleReplies } from './console-replies';
import { logOnAtScreen, screenReplies } from './screen-replies';

const { name: user, password } = installedAdministrator;
const command = 'bcdedit /enum all';

/** Both from Enter to the next prompt (ms). */
export interface InstalledReplies {
  readonly ssh: ConsoleReplies;
  /** As the picture on the KVM console shows it. */
  readonly screen: ConsoleReplies;
}

/** Boots an installed Windows stand-in from power-on, not nested, and types commands over SSH and at its console. */
export async function installedReplies(): Promise<InstalledReplies> {
  await using lab = await Lab.start({ families: ['nova'], waypoints: false });
  await lab.nova.switchOn();
  const { machine } = lab.nova;
  const { address: host, ports } = machine.options;
  await using workstation = await startWorkstation(lab.session, () => undefined);
  const ssh = await consoleReplies(workstation.ssh({ host, port: ports.ssh, user, password }), command);
  await using viewer = await workstation.vnc({ host, port: ports.vnc });
  await logOnAtScreen(viewer, password);
  return { ssh, screen: { [command]: await screenReplies(viewer, command) } };
}
