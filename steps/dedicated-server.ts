import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { runSecrets } from '../simulators/evidence';
import { type OvhClient, ovhClient } from '../simulators/provider';
import { chooseNetboot, mailedPassword } from './ovh-customer';
import type { RescueWorld } from './world';

const rescueAddress = 'nadia@customer.example';
/** From the order to a working login when nothing is saved yet: a walk through two boots (ms). */
export const rescueDeadline = 300_000;
/** How often a customer's program asks for its task (ms); the real ones take 10 s and more. */
const askAgain = 250;

/** Starts a lab with Nadia's dedicated server, where the scenario has none yet. */
export async function startDedicatedLab(world: RescueWorld): Promise<void> {
  if (!world.hasLab) await world.startLab({ families: ['ovh'] });
}

export function chooseBoot(world: RescueWorld, kernel: string): Promise<void> {
  return chooseNetboot(programOf(world), pathOf(world), kernel, rescueAddress);
}

export async function askForHardReboot(world: RescueWorld): Promise<void> {
  world.serialMark = world.lab.ovh.machine.serial.mark();
  const task = (await programOf(world).post(`${pathOf(world)}/reboot`)) as { taskId: number };
  world.taskId = task.taskId;
}

/** Asks for the reboot's task again and again, until it is done. */
export async function waitForReboot(world: RescueWorld): Promise<void> {
  const client = programOf(world);
  const until = performance.now() + rescueDeadline;
  for (;;) {
    const task = (await client.get(`${pathOf(world)}/task/${world.taskId}`)) as {
      status: string;
      comment: string;
    };
    if (task.status === 'done') {
      return;
    }
    assert.ok(
      ['todo', 'init', 'doing'].includes(task.status) && performance.now() < until,
      `The task ${world.taskId} is "${task.status}" after ${rescueDeadline / 1000} s at most. ${task.comment ?? ''}`,
    );
    await pause(askAgain);
  }
}

/** Takes the rescue system's password from the mail. */
export async function readRescueMail(world: RescueWorld, user: string): Promise<void> {
  const { inbox } = world.lab.ovh.provider;
  const password = await mailedPassword(inbox, rescueAddress, AbortSignal.timeout(60_000));
  runSecrets.add(password);
  const { address, ports } = world.lab.ovh.machine.options;
  world.rescue = { host: address, port: ports.ssh, user, password };
}

/** The customer's program: the real `ovh` npm client with signed requests. */
function programOf(world: RescueWorld): OvhClient {
  const { applicationKey, applicationSecret, consumerKey, endpoint } = world.lab.ovh.provider;
  return ovhClient({ appKey: applicationKey, appSecret: applicationSecret, consumerKey, endpoint });
}

function pathOf(world: RescueWorld): string {
  return `/dedicated/server/${world.lab.ovh.machine.options.name}`;
}
