import assert from 'node:assert/strict';
import { runSecrets } from '../simulators/evidence';
import { BOOT_FAILURE } from '../simulators/lab';
import type { SshSession } from '../simulators/workstation';
import { CloudClient } from './cloud-client';
import { openTerminal, typeInDiskpart } from './terminal';
import type { RescueWorld } from './world';

/** From power-on to the rescue session under emulation (ms). */
const bootDeadline = 300_000;

/** How long the cloud waits for a guest to switch itself off (ms). */
const shutdownTimeout = 60_000;

/** Whether the server runs and its last start ended on a failure screen. */
function standsAtFailure({ lab }: RescueWorld): boolean {
  const { power, serial } = lab.nova.machine;
  const [failure] = [...serial.text.matchAll(new RegExp(BOOT_FAILURE, 'g'))].slice(-1);
  return (
    power === 'on' && failure !== undefined && failure.index > serial.text.lastIndexOf('userland starts')
  );
}

/** Asks the cloud to start the server, which is off. */
export async function startCloudServer(world: RescueWorld): Promise<void> {
  const { nova } = world.lab;
  world.serialMark = nova.machine.serial.mark();
  const cloud = await CloudClient.signIn(nova.provider);
  await cloud.act(nova.serverId, { 'os-start': null });
  await cloud.waitForStatus(nova.serverId, 'ACTIVE');
}

/** Asks the cloud to rescue the server and takes note of the password. `wanted`: null, or what the rescue shall be like. */
export async function orderRescue(world: RescueWorld, wanted: object | null = null): Promise<void> {
  const { nova, clock } = world.lab;
  const cloud = await CloudClient.signIn(nova.provider);
  const isDeaf = standsAtFailure(world);
  const pressed = nova.powerButtonPressed();
  world.serialMark = nova.machine.serial.mark();
  const { adminPass } = (await cloud.act(nova.serverId, { rescue: wanted })) as { adminPass: string };
  runSecrets.add(adminPass);
  if (isDeaf) {
    // A failure screen does not hear the power button: the minute that the cloud waits for it passes in the lab.
    await pressed;
    await clock.advance(shutdownTimeout);
  }
  await cloud.waitForStatus(nova.serverId, 'RESCUE');
  const { address, ports } = nova.machine.options;
  world.rescue = { host: address, port: ports.ssh, user: 'Administrator', password: adminPass };
}

export async function endRescue(world: RescueWorld): Promise<void> {
  await world.terminal?.[Symbol.asyncDispose]();
  world.terminal = undefined;
  const { nova } = world.lab;
  const cloud = await CloudClient.signIn(nova.provider);
  world.serialMark = nova.machine.serial.mark();
  await cloud.act(nova.serverId, { unrescue: null });
  await cloud.waitForStatus(nova.serverId, 'ACTIVE');
}

/** Rescues the server and works at its prompt. */
export async function enterRescue(world: RescueWorld): Promise<SshSession> {
  await orderRescue(world);
  await world.lab.nova.machine.serial.waitFor(/The session document is applied/, {
    what: 'Windows to take the password from the config drive',
    deadline: bootDeadline,
    since: world.serialMark,
  });
  world.terminal = await openTerminal(world, world.login);
  return world.terminal;
}

/** Brings the original disk online in rescue, with letters for its volumes, and takes note of them. */
export async function bringOriginalOnline(world: RescueWorld): Promise<void> {
  const terminal = world.terminal ?? (await enterRescue(world));
  const { installed } = world;
  const online =
    installed.profile.era === 'windows-5.2' ? [] : ['online disk', 'attributes disk clear readonly'];
  const lines = ['select disk 1', ...online, 'detail disk'];
  const volumes = volumesIn((await typeInDiskpart(terminal, lines)).at(-1) ?? '');
  const free = ['S', 'T'];
  const bare = volumes.filter(({ letter }) => letter === '');
  await typeInDiskpart(
    terminal,
    bare.flatMap((volume) => {
      volume.letter = free.shift() ?? '';
      return [`select volume ${volume.number}`, `assign letter=${volume.letter}`];
    }),
  );
  const windows = volumes.at(-1);
  const system = volumes.at(0);
  assert.ok(system?.letter && windows?.letter, `No volumes of the original disk: ${JSON.stringify(volumes)}`);
  world.letters = { system: system.letter, windows: windows.letter };
}

/** Rows of diskpart's table of volumes: number and letter, in the disk's order. */
function volumesIn(table: string): { readonly number: string; letter: string }[] {
  return [...table.matchAll(/^\s*Volume (\d+) {2,5}([A-Z])? /gm)].map(([, number = '', letter = '']) => ({
    number,
    letter,
  }));
}
