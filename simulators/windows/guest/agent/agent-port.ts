import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Run } from '../../host/host-options';

const NAME = 'org.qemu.guest_agent.0';
/** The device number of a console in the virtio specification (5.3.1). */
const CONSOLE = 0x0003;
/** The host tells a port's name after the driver has found the port: some milliseconds (ms). */
const patience = 10_000;
const betweenLooks = 50;

const entries = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
const read = async (file: string): Promise<string> => (await readFile(file, 'utf8').catch(() => '')).trim();

/** The device of the channel to the agent's host; undefined where the machine has none. */
export async function findAgentPort(run: Run): Promise<string | undefined> {
  if (!(await hasVirtioConsole())) return undefined;
  await run('modprobe', ['virtio_console']);
  const deadline = Date.now() + patience;
  for (;;) {
    for (const name of await entries('/sys/class/virtio-ports')) {
      if ((await read(`/sys/class/virtio-ports/${name}/name`)) === NAME) return `/dev/${name}`;
    }
    if (Date.now() > deadline) return undefined;
    await pause(betweenLooks);
  }
}

async function hasVirtioConsole(): Promise<boolean> {
  const folder = '/sys/bus/virtio/devices';
  for (const name of await entries(folder)) {
    if (Number(await read(`${folder}/${name}/device`)) === CONSOLE) return true;
  }
  return false;
}
