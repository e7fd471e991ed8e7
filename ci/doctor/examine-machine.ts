import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { checkMachine, gib, readMachine } from '../setup/check-machine.mjs';
import type { Finding } from './finding';

/** An address of 127.0.0.0/8 that nothing else is likely to use; every server of the lab gets one like it. */
const TRIAL_ADDRESS = '127.213.7.1';
const CONSOLE_PORTS = [22, 80, 3389, 5900];

export async function examineResources(): Promise<Finding> {
  const machine = readMachine(process.env);
  const base = {
    id: 'resources',
    name: 'Disk and memory',
    details: { ...machine, cpus: cpus().length },
  };
  const found = `${gib(machine.freeDisk)} free in ${machine.cache}, ${gib(machine.availableMemory)} memory, ${cpus().length} cores`;
  try {
    checkMachine(machine);
    return { ...base, status: 'ok', found };
  } catch (error) {
    return { ...base, status: 'missing', found, advice: (error as Error).message };
  }
}

/** Whether servers can have their consoles on the usual ports of loopback addresses of their own. */
export async function examineLoopback(
  bind: (address: string, port: number) => Promise<void> = tryToListen,
): Promise<Finding> {
  const base = { id: 'loopback', name: 'Loopback addresses' };
  const refused: string[] = [];
  for (const port of CONSOLE_PORTS) {
    try {
      await bind(TRIAL_ADDRESS, port);
    } catch (error) {
      refused.push(`${port} (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  const details = { address: TRIAL_ADDRESS, ports: CONSOLE_PORTS, refused };
  if (refused.length === 0) {
    return { ...base, status: 'ok', found: `127.0.0.0/8 with ports ${CONSOLE_PORTS.join(', ')}`, details };
  }
  return {
    ...base,
    status: 'limited',
    found: `${TRIAL_ADDRESS} refuses port ${refused.join(', ')}`,
    advice:
      'servers get other ports instead; for the usual ones run as root or set sysctl net.ipv4.ip_unprivileged_port_start=22, and end what listens on 0.0.0.0',
    details,
  };
}

function tryToListen(host: string, port: number): Promise<void> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen({ host, port }, () => server.close(() => resolve()));
  });
}
