import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type { NetworkAdapter } from '../tools';

/** Default gateways by interface, from `/proc/net/route` (addresses there are little-endian hexadecimal). */
export function parseRoutes(text: string): ReadonlyMap<string, string> {
  const gateways = new Map<string, string>();
  for (const line of text.split('\n').slice(1)) {
    const [name, destination, gateway] = line.split('\t');
    if (name === undefined || destination !== '00000000' || gateway === undefined || gateway === '00000000')
      continue;
    const bytes = [...Buffer.from(gateway, 'hex')].reverse();
    gateways.set(name, bytes.join('.'));
  }
  return gateways;
}

const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** The machine's network cards in Windows' terms: the first is `Ethernet`, the next `Ethernet 2`. */
export async function networkAdapters(): Promise<readonly NetworkAdapter[]> {
  const gateways = parseRoutes(await read('/proc/net/route'));
  const resolver = await read('/etc/resolv.conf');
  const dnsServers = [...resolver.matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1] ?? '');
  const cards = Object.entries(networkInterfaces()).filter(([, addresses]) =>
    addresses?.some(({ internal }) => !internal),
  );
  return cards.map(([name, addresses = []], index) => {
    const ipv4 = addresses.find(({ family }) => family === 'IPv4');
    const ipv6 = addresses.find(({ family, address }) => family === 'IPv6' && /^fe80:/i.test(address));
    return {
      name: index === 0 ? 'Ethernet' : `Ethernet ${index + 1}`,
      // Our choice: the name that the virtio driver for Windows gives its card.
      description: 'Red Hat VirtIO Ethernet Adapter',
      mac: (addresses[0]?.mac ?? '').toUpperCase().replaceAll(':', '-'),
      connected: true,
      ipv6LinkLocal: ipv6 && `${ipv6.address}%${index + 1}`,
      ipv4: ipv4?.address,
      mask: ipv4?.netmask,
      gateway: gateways.get(name),
      dnsServers,
    };
  });
}
