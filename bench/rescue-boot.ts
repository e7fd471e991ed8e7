import { Lab, type LabEvent, startWorkstation } from '../simulators/lab';
import { ovhClient } from '../simulators/provider';
import type { SshClient } from '../simulators/workstation';
import { chooseNetboot, mailedPassword } from '../steps/ovh-customer';
import { type ConsoleReplies, consoleReplies } from './console-replies';
import { privateMemory } from './private-memory';

/** One boot of a dedicated server into Windows rescue, ordered as a customer does. Times in ms from power-on. */
export interface RescueBoot {
  readonly way: 'walked' | 'forked';
  /** The guest, all its servers up, asks its provider for the session: the first it says, a few times a second. */
  readonly firstReply: number;
  /** The exchange of the walked machine for its saved state; only where it was walked. */
  readonly save?: number;
  /** `hostname` over SSH with the password from the mail has answered. */
  readonly command: number;
  /** Bytes, after that command. */
  readonly privateMemory: number;
  /** Only where they were asked for. */
  readonly replies?: ConsoleReplies;
}

const deadline = 300_000;
const rescueMail = 'bench@customer.example';

/** @param measureReplies types commands in the nested machine's shell, at the end */
export async function rescueBoot(waypointFolder: string, measureReplies = false): Promise<RescueBoot> {
  const events = new Map<LabEvent['kind'], { readonly at: number; readonly event: LabEvent }>();
  await using lab = await Lab.start({
    families: ['ovh'],
    waypointFolder,
    onEvent: (event) => {
      if (!events.has(event.kind)) events.set(event.kind, { at: performance.now(), event });
    },
  });
  const { machine, provider } = lab.ovh;
  const { address, name, ports } = machine.options;
  const signal = AbortSignal.timeout(deadline);
  const asked = provider.events
    .waitFor('session-asked', () => true, { signal })
    .then(() => performance.now());
  asked.catch(() => undefined); // `ready` fails with the same reason, and is looked at first.
  const ready = provider.events.waitFor('ready', () => true, { signal });
  await orderRescue(lab);
  await ready;
  const password = await mailedPassword(provider.inbox, rescueMail, signal);
  await using workstation = await startWorkstation(lab.session, () => undefined);
  const ssh = workstation.ssh({ host: address, port: ports.ssh, user: 'Administrator', password });
  const { stdout } = await ssh.exec('hostname');
  const answered = performance.now();
  if (stdout.trim() !== 'WINRESCUEOVH') throw new Error(`${name} answered ${JSON.stringify(stdout)}.`);
  const powerOn = events.get('power');
  if (!powerOn) throw new Error(`${name} was never switched on.`);
  const saved = events.get('saved')?.event;
  return {
    way: events.has('forked') ? 'forked' : 'walked',
    firstReply: (await asked) - powerOn.at,
    ...(saved?.kind === 'saved' ? { save: saved.milliseconds } : {}),
    command: answered - powerOn.at,
    privateMemory: await privateMemory((await machine.running()).pid),
    ...(measureReplies ? { replies: await consoleReplies(ssh, await bcdeditOf(ssh)) } : {}),
  };
}

async function orderRescue(lab: Lab): Promise<void> {
  const { applicationKey, applicationSecret, consumerKey, endpoint } = lab.ovh.provider;
  const client = ovhClient({ appKey: applicationKey, appSecret: applicationSecret, consumerKey, endpoint });
  const server = `/dedicated/server/${lab.ovh.machine.options.name}`;
  await chooseNetboot(client, server, 'rescue-customer-windows', rescueMail);
  await client.post(`${server}/reboot`);
}

/** Brings the customer's disk online, where the rescue system finds his boot configuration; answers how that is listed. */
async function bcdeditOf(ssh: SshClient): Promise<string> {
  await ssh.exec('diskpart', { input: 'select disk 1\nonline disk\nexit\n' });
  const command = 'bcdedit /store D:\\Boot\\BCD /enum all';
  const { exitCode, stdout } = await ssh.exec(command);
  if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode}: ${stdout}`);
  return command;
}
