import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Hive } from '../../disk/regf';
import { changeFirewallProfile } from '../../disk/registry';
import { createSystemHive } from '../../disk/sam';
import { ServerProcess } from './server-process';
import { SystemServers } from './system-servers';
import { waitForListeners } from './wait-for-listeners';

const signal = AbortSignal.timeout(10_000);
const hive = (): Hive => createSystemHive({ computerName: 'WEB01', bootKey: new Uint8Array(16) });

/** Servers that only write down what they are told. */
function recorder() {
  const told: string[] = [];
  const messages: string[] = [];
  const server = (name: string) => ({
    listen: async (port: number | undefined) => void told.push(`${name} ${port ?? 'off'}`),
  });
  const servers = new SystemServers({
    ssh: server('ssh'),
    rdp: server('rdp'),
    filter: async (script) => void told.push(script.includes('drop') ? 'filter' : 'no filter'),
    remoteNames: async () => new Map(),
    log: (sentence) => void messages.push(sentence),
  });
  return {
    messages,
    async follow(system: Hive, ...stopped: readonly string[]) {
      told.length = 0;
      await servers.follow(system, (name) => !stopped.includes(name), signal);
      return [...told];
    },
  };
}

describe('what the machine answers to', () => {
  it('are SSH and Remote Desktop, without a filter, on a rented server', async () => {
    expect(await recorder().follow(hive())).toEqual(['ssh 22', 'rdp 3389']);
  });

  it('follows the services', async () => {
    const { follow } = recorder();
    expect(await follow(hive(), 'termservice')).toEqual(['ssh 22', 'rdp off']);
    expect(await follow(hive(), 'sshd')).toEqual(['ssh off', 'rdp 3389']);
  });

  it('follows fDenyTSConnections at once, and the port when the service starts', async () => {
    const { follow } = recorder();
    const system = hive();
    const server = system.createKey('ControlSet001\\Control\\Terminal Server');
    await follow(system);
    server.setDword('fDenyTSConnections', 1);
    expect(await follow(system)).toContain('rdp off');
    server.setDword('fDenyTSConnections', 0);
    server.createKey('WinStations\\RDP-Tcp').setDword('PortNumber', 3390);
    expect(await follow(system)).toContain('rdp 3389');
    await follow(system, 'termservice');
    // The rule is for 3389: the firewall shuts the new port out.
    expect(await follow(system)).toEqual(['filter', 'ssh 22', 'rdp 3390']);
  });

  it('is filtered by the firewall while its service runs, before the servers listen', async () => {
    const { follow } = recorder();
    const system = hive();
    changeFirewallProfile(system, 'public', { exceptionsForbidden: true });
    expect(await follow(system)).toEqual(['filter', 'ssh 22', 'rdp 3389']);
    expect(await follow(system)).toEqual(['ssh 22', 'rdp 3389']);
    expect(await follow(system, 'mpssvc')).toEqual(['no filter', 'ssh 22', 'rdp 3389']);
  });

  it('one that cannot be had does not keep the others away', async () => {
    const messages: string[] = [];
    let port: number | undefined;
    const servers = new SystemServers({
      ssh: { listen: () => Promise.reject(new Error('no key')) },
      rdp: {
        async listen(wanted) {
          port = wanted;
        },
      },
      filter: async () => undefined,
      remoteNames: async () => new Map(),
      log: (sentence) => void messages.push(sentence),
    });
    await servers.follow(hive(), () => true, signal);
    expect([port, messages]).toEqual([3389, ['servers: no key']]);
  });
});

describe('a server', () => {
  const script = "require('node:net').createServer().listen(Number(process.argv[1]), '127.0.0.1')";
  const messages: string[] = [];
  const program = (text: string) => ({
    name: 'the test server',
    command: process.execPath,
    args: (port: number) => ['-e', text, String(port)],
    listening: (port: number, aborted: AbortSignal) => waitForListeners([port], aborted),
  });
  let server: ServerProcess | undefined;
  afterEach(async () => {
    await server?.[Symbol.asyncDispose]();
    messages.length = 0;
  });
  const start = (text: string) => {
    server = new ServerProcess(program(text), (sentence) => void messages.push(sentence));
    return server;
  };

  /** A port that nobody has at the moment. */
  async function freePort(): Promise<number> {
    const holder: Server = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as { port: number };
    await new Promise<void>((resolve) => holder.close(() => resolve()));
    return port;
  }

  const isFree = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const holder = createServer();
      holder.once('error', () => resolve(false));
      holder.listen(port, '127.0.0.1', () => holder.close(() => resolve(true)));
    });

  it('listens when it says so, on another port when it is told, and no more when it is stopped', async () => {
    const one = start(script);
    const [first, second] = [await freePort(), await freePort()];
    await one.listen(first, signal);
    expect(await isFree(first)).toBe(false);
    await one.listen(second, signal);
    expect([await isFree(first), await isFree(second)]).toEqual([true, false]);
    await one.listen(undefined, signal);
    expect(await isFree(second)).toBe(true);
    expect(messages).toEqual([]);
  });

  it('that ends by itself is an error, and can be started again', async () => {
    const one = start('process.exit(3)');
    const port = await freePort();
    const message = `the test server has ended (3) on port ${port}.`;
    await expect(one.listen(port, signal)).rejects.toThrow(message);
    await expect(one.listen(port, signal)).rejects.toThrow(message);
    expect(messages).toEqual([message, message]);
  });
});
