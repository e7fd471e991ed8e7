import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type { RemoteNames } from '../../disk/registry';
import { parseRoutes } from './network-adapters';

/**
 * What the words of firewall rules stand for on this machine, now: `LocalSubnet` for the networks of its cards,
 * `DefaultGateway` for its gateways. Other words stand for nobody (our choice).
 */
export async function remoteNames(): Promise<RemoteNames> {
  const routes = await readFile('/proc/net/route', 'utf8').catch(() => '');
  const cards = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const networks = cards.flatMap(({ internal, cidr }) => (internal || cidr === null ? [] : [cidr]));
  return new Map([
    ['localsubnet', networks],
    ['defaultgateway', [...parseRoutes(routes).values()]],
  ]);
}
