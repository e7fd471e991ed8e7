import assert from 'node:assert/strict';
import { installedAdministrator } from '../images';
import { BOOT_FAILURE } from '../simulators/lab';
import { seeOnSerialLine } from './cloud-screen';
import type { RescueWorld } from './world';

/** The owner's login is the proof; a failure screen on the way ends the wait. */
export async function ownerLogsIn(world: RescueWorld): Promise<void> {
  const { machine } = world.lab.nova;
  const end = await seeOnSerialLine(world, new RegExp(`SSH is listening|${BOOT_FAILURE.source}`));
  assert.equal(end, 'SSH is listening', 'the boot failed');
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
