import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { GuestConfig } from './config';
import { prepareHostKey } from './host-key';
import { remoteNames } from './remote-names';
import { ServerProcess } from './server-process';
import { SocketActivatedServer } from './socket-activation';
import { feed } from './system-control';
import { SystemServers } from './system-servers';
import { waitForFile } from './wait-for-file';
import { waitForListeners } from './wait-for-listeners';

/** Where sshd reads its host key, and where OpenSSH for Windows keeps it. */
const HOST_KEY = '/run/standin/ssh_host_ed25519_key';
const KEPT_HOST_KEY = 'ProgramData/ssh/ssh_host_ed25519_key';
/** `PidFile` of sshd_config, which sshd writes as soon as it listens (main() of sshd.c). */
const SSHD_LISTENS = '/run/standin/sshd.pid';
/** Written by standin-init once it is there: the number of the X display. */
const DISPLAY = '/run/standin/display-number';

/** Where the RDP server listens on the loopback address, behind the port that customers know. */
const RDP_BEHIND = [63389, 63390] as const;

const listening = (port: number, signal: AbortSignal): Promise<void> => waitForListeners([port], signal);

export interface LinuxServersParts {
  readonly config: GuestConfig;
  /** Whether the RDP server and its display start with the first connection, not with the port. */
  readonly rdpOnDemand: boolean;
  /** Hears that SSH listens, and that a display is needed. */
  readonly tell: (word: 'ssh' | 'display') => void;
  readonly log: (sentence: string) => void;
}

/** OpenSSH, FreeRDP and nft of the Linux below; needs root. */
export function linuxServers({ config, rdpOnDemand, tell, log }: LinuxServersParts): SystemServers {
  const ssh = new ServerProcess(
    {
      name: 'the SSH server',
      command: '/usr/sbin/sshd',
      // `-r`: a connection is served by a fork, without running the program anew, which loads 27 libraries.
      args: (port) => [
        ...['-D', '-r', '-f', '/opt/standin/sshd_config', '-o', `Port=${port}`],
        ...['-E', '/run/standin/sshd.log'],
      ],
      environment: async () => {
        await prepareHostKey(path.join(config.systemMountPoint, KEPT_HOST_KEY), HOST_KEY);
        await rm(SSHD_LISTENS, { force: true });
        return {};
      },
      listening: async (_port, signal) => {
        await waitForFile(SSHD_LISTENS, signal);
        tell('ssh');
      },
    },
    log,
  );
  const shadow = new ServerProcess(
    {
      name: 'the RDP server',
      command: 'freerdp-shadow-cli',
      args: (port) => [
        ...(rdpOnDemand ? ['/bind-address:127.0.0.1'] : []),
        ...[`/port:${port}`, `/sam-file:${config.rdpSam ?? ''}`, '+auth', '/sec:nla'],
      ],
      environment: async () => {
        tell('display');
        await waitForFile(DISPLAY);
        return { DISPLAY: `:${(await readFile(DISPLAY, 'utf8')).trim()}` };
      },
      listening,
    },
    log,
  );
  const rdp = rdpOnDemand ? new SocketActivatedServer({ server: shadow, ports: RDP_BEHIND, log }) : shadow;
  const filter = (script: string): Promise<void> => feed('nft', ['-f', '-'], Buffer.from(script));
  return new SystemServers({ ssh, rdp, filter, remoteNames, log });
}
