import assert from 'node:assert/strict';
import { installedAdministrator } from '../images';
import { BOOT_FAILURE } from '../simulators/lab';
import { CloudClient } from './cloud-client';
import type { RescueWorld } from './world';

/** From power-on to a failure screen or a login, under emulation on a busy host (ms). */
const bootDeadline = 180_000;

/** Has the cloud start the server. */
export async function switchOnCloudServer(world: RescueWorld): Promise<void> {
  const { nova } = world.lab;
  world.serialMark = nova.machine.serial.mark();
  const cloud = await CloudClient.signIn(nova.provider);
  await cloud.act(nova.serverId, { 'os-start': null });
  await cloud.waitForStatus(nova.serverId, 'ACTIVE');
}

/** The owner's login is the proof; a failure screen on the way ends the wait. */
export async function ownerLogsIn(world: RescueWorld): Promise<void> {
  const { machine } = world.lab.nova;
  const end = await seeOnSerialLine(world, new RegExp(`servers are listening|${BOOT_FAILURE.source}`));
  assert.equal(end, 'servers are listening', 'the boot failed');
  const disks = (await machine.running()).description.disks ?? [];
  assert.deepEqual(
    disks.map(({ id }) => id),
    ['root'],
  );
  const { address, ports } = machine.options;
  const { name: user, password } = installedAdministrator;
  const { stdout } = await world.ssh({ host: address, port: ports.ssh, user, password }).exec('hostname');
  assert.equal(stdout.trim(), 'CUSTOMER');
}

/** Waits for a text on the serial line since the last act, or since a mark. */
export function seeOnSerialLine(
  world: RescueWorld,
  pattern: RegExp,
  since = world.serialMark,
): Promise<string> {
  return world.lab.nova.machine.serial.waitFor(pattern, {
    what: 'the boot from the disk',
    deadline: bootDeadline,
    since,
  });
}
