import { installedAdministrator } from '../images';
import { openTerminal } from './terminal';
import type { Login, RescueWorld, Server } from './world';

/** From power-on to a login, under emulation on a busy host (ms). */
const bootDeadline = 300_000;
/** From the command to a machine that is off (ms). */
const shutdownDeadline = 180_000;

/** Switches a server on where it is off, and waits until its Windows takes logins by SSH and RDP. */
export function startAndWait(world: RescueWorld, server: Server): Promise<void> {
  return startUntil(world, server, /servers are listening/, 0);
}

async function startUntil(world: RescueWorld, server: Server, line: RegExp, since: number): Promise<void> {
  await server.powerOn();
  await waitForLine(world, server, line, since);
}

/** Waits until the Windows of a server takes logins by SSH and RDP. */
export function waitForWindows(world: RescueWorld, server: Printing, since: number): Promise<void> {
  return waitForLine(world, server, /servers are listening/, since);
}

/** A server's name and serial line. */
interface Printing {
  readonly serial: Server['serial'];
  readonly options: { readonly name: string };
}

async function waitForLine(
  world: RescueWorld,
  { serial, options }: Printing,
  line: RegExp,
  since: number,
): Promise<void> {
  await serial.waitFor(line, {
    what: `Windows of ${options.name} to come up`,
    deadline: bootDeadline,
    since,
  });
  world.say(`${options.name}: Windows takes logins`);
}

/** Switches a server on, waits until its Windows takes logins by SSH, and logs its owner in at a terminal. */
export async function startAndLogIn(world: RescueWorld, server: Server): Promise<void> {
  await startUntil(world, server, /SSH is listening/, server.serial.mark());
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
