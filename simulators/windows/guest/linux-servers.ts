import { readFile } from 'node:fs/promises';
import type { GuestConfig } from './config';
import { remoteNames } from './remote-names';
import { ServerProcess } from './server-process';
import { feed } from './system-control';
import { SystemServers } from './system-servers';
import { waitForFile } from './wait-for-file';
import { waitForListeners } from './wait-for-listeners';

/** Written by standin-init, once they are there: the SSH host key, and the number of the X display. */
const HOST_KEY = '/run/standin/host-key';
const DISPLAY = '/run/standin/display-number';

const listening = (port: number, signal: AbortSignal): Promise<void> => waitForListeners([port], signal);

/**
 * OpenSSH, FreeRDP and nft of the Linux below; needs root.
 * @param tell hears that SSH listens, and that a display is needed
 */
export function linuxServers(
  config: GuestConfig,
  log: (sentence: string) => void,
  tell: (word: 'ssh' | 'display') => void,
): SystemServers {
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
        await waitForFile(HOST_KEY);
        return {};
      },
      listening: async (port, signal) => {
        await listening(port, signal);
        tell('ssh');
      },
    },
    log,
  );
  const rdp = new ServerProcess(
    {
      name: 'the RDP server',
      command: 'freerdp-shadow-cli',
      args: (port) => [`/port:${port}`, `/sam-file:${config.rdpSam ?? ''}`, '+auth', '/sec:nla'],
      environment: async () => {
        tell('display');
        await waitForFile(DISPLAY);
        return { DISPLAY: `:${(await readFile(DISPLAY, 'utf8')).trim()}` };
      },
      listening,
    },
    log,
  );
  const filter = (script: string): Promise<void> => feed('nft', ['-f', '-'], Buffer.from(script));
  return new SystemServers({ ssh, rdp, filter, remoteNames, log });
}
