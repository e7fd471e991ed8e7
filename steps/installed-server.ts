import { installedAdministrator } from '../images';
import { openTerminal } from './terminal';
import type { Login, RescueWorld, Server } from './world';

/** From power-on to a login, under emulation on a busy host (ms). */
const bootDeadline = 300_000;
/** From the command to a machine that is off (ms). */
const shutdownDeadline = 180_000;

/** Switches a server on where it is off, and waits until its Windows takes logins. */
export async function startAndWait(world: RescueWorld, server: Server, since = 0): Promise<void> {
  await server.powerOn();
  await server.serial.waitFor(/servers are listening/, {
    what: `Windows of ${server.options.name} to come up`,
    deadline: bootDeadline,
    since,
  });
  world.say(`${server.options.name}: Windows takes logins`);
}

/** Switches a server on, waits until its Windows takes logins, and logs its owner in at a terminal. */
export async function startAndLogIn(world: RescueWorld, server: Server): Promise<void> {
  await startAndWait(world, server, server.serial.mark());
  await world.terminal?.[Symbol.asyncDispose]();
  world.terminal = await openTerminal(world, ownerOf(server));
}

/** Switches a server off without asking its Windows, as a power cut does. */
export async function cutPower(world: RescueWorld, server: Server): Promise<void> {
  await world.terminal?.[Symbol.asyncDispose]();
  world.terminal = undefined;
  await server.powerOff();
}

/** The account of an installed server's owner. */
function ownerOf({ options }: Server): Login {
  const { name: user, password } = installedAdministrator;
  return { host: options.address, port: options.ports.ssh, user, password };
}

/** Shuts a server's Windows down, and waits until the machine is off. */
export async function shutDown(world: RescueWorld, server: Server): Promise<void> {
  world.terminal?.sendLine('shutdown /s /t 0');
  await server.running.waitForExit({ deadline: shutdownDeadline });
  await cutPower(world, server);
}
