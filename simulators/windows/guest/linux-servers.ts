import { readFile } from 'node:fs/promises';
import type { GuestConfig } from './config';
import { remoteNames } from './remote-names';
import { ServerProcess } from './server-process';
import { feed } from './system-control';
import { SystemServers } from './system-servers';
import { waitForFile } from './wait-for-file';
import { waitForListeners } from './wait-for-listeners';

/** Written by standin-init: the number of the X display, once it and the SSH host key are there. */
const DISPLAY = '/run/standin/display-number';

const listening = (port: number, signal: AbortSignal): Promise<void> => waitForListeners([port], signal);

/** OpenSSH, FreeRDP and nft of the Linux below; needs root. */
export function linuxServers(config: GuestConfig, log: (sentence: string) => void): SystemServers {
  const prepared = async (): Promise<string> => {
    await waitForFile(DISPLAY);
    return (await readFile(DISPLAY, 'utf8')).trim();
  };
  const ssh = new ServerProcess(
    {
      name: 'the SSH server',
      command: '/usr/sbin/sshd',
      args: (port) => [
        ...['-D', '-f', '/opt/standin/sshd_config', '-o', `Port=${port}`],
        ...['-E', '/run/standin/sshd.log'],
      ],
      environment: async () => {
        await prepared();
        return {};
      },
      listening,
    },
    log,
  );
  const rdp = new ServerProcess(
    {
      name: 'the RDP server',
      command: 'freerdp-shadow-cli',
      args: (port) => [`/port:${port}`, `/sam-file:${config.rdpSam ?? ''}`, '+auth', '/sec:nla'],
      environment: async () => ({ DISPLAY: `:${await prepared()}` }),
      listening,
    },
    log,
  );
  const filter = (script: string): Promise<void> => feed('nft', ['-f', '-'], Buffer.from(script));
  return new SystemServers({ ssh, rdp, filter, remoteNames, log });
}
