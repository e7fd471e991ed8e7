import assert from 'node:assert/strict';
import { installedAdministrator } from '../images';
import { runSecrets } from '../simulators/evidence';
import { CloudClient } from './cloud-client';
import type { Login, RescueWorld } from './world';

/** From power-on to a login under emulation on a busy host (ms). */
export const bootDeadline = 300_000;

/** A server that a scenario made at the cloud of its lab. */
export interface MadeServer {
  readonly id: string;
  readonly password: string;
}

export const cloudOf = (world: RescueWorld): Promise<CloudClient> =>
  CloudClient.signIn(world.lab.nova.provider);

/** The server that the scenario made last. */
export function madeServer({ made }: RescueWorld): MadeServer {
  assert.ok(made, 'This scenario has made no server yet.');
  return made;
}

/** Asks for a server of the stock image, unless `more` names another source. */
export async function askForServer(world: RescueWorld, name: string, more: object = {}): Promise<void> {
  const { image: imageRef, flavor: flavorRef } = world.lab.nova.provider;
  const source = 'block_device_mapping_v2' in more ? {} : { imageRef };
  const body = { server: { name, flavorRef, ...source, ...more } };
  const answer = await (await cloudOf(world)).call('POST', '/servers', body);
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  const { server } = answer.body as { server: { id: string; adminPass: string } };
  runSecrets.add(server.adminPass);
  world.made = { id: server.id, password: server.adminPass };
}

/** The same, and waits until it is there. */
export async function makeServer(world: RescueWorld, name: string, more: object = {}): Promise<void> {
  await askForServer(world, name, more);
  await (await cloudOf(world)).waitForStatus(madeServer(world).id, 'ACTIVE');
}

export function machineOf(world: RescueWorld) {
  const machine = world.lab.nova.machineOf(madeServer(world).id);
  assert.ok(machine, 'The server has no machine.');
  return machine;
}

/** How its owner logs in at the address that the cloud tells. */
export async function loginTo(world: RescueWorld, password = madeServer(world).password): Promise<Login> {
  const { id } = madeServer(world);
  const { body } = await (await cloudOf(world)).call('GET', `/servers/${id}`);
  const { addresses } = (body as { server: { addresses: Record<string, { addr: string }[]> } }).server;
  const [host] = Object.values(addresses).flat();
  assert.ok(host, 'The cloud tells no address of the server.');
  const { ports } = machineOf(world).options;
  return { host: host.addr, port: ports.ssh, user: installedAdministrator.name, password };
}

/** Waits until Windows has taken its password, and logins are open. */
export async function untilProvisioned(world: RescueWorld): Promise<void> {
  await machineOf(world).serial.waitFor(/The session document is applied/, {
    what: 'Windows to look at its config drive',
    deadline: bootDeadline,
    since: world.serialMark,
  });
}

/** From here on the steps look at what the server prints. */
export function markSerial(world: RescueWorld): void {
  const machine = world.lab.nova.machineOf(madeServer(world).id);
  world.serialMark = machine?.serial.mark() ?? 0;
}
