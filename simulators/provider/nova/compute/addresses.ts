import { isIP } from 'node:net';
import type { Network, NetworkStore, Subnet } from '../network/network-store';
import type { Compute } from './compute';
import type { Address } from './instance';
import { refuse } from './refusal';

/** A network that a server wants to be in, and the address there that it would like. */
export interface NetworkRequest {
  readonly network: Network;
  readonly address?: string | undefined;
}

/** The addresses of servers to be, by the names of their networks: one out of each subnet, all at one port. */
export function allocatePorts(
  compute: Pick<Compute, 'random' | 'instances'>,
  requests: readonly NetworkRequest[],
  count: number,
): Record<string, Address[]>[] {
  const { random, instances } = compute;
  const taken = new Map(
    instances
      .list()
      .flatMap(({ id, addresses }) =>
        Object.values(addresses).flatMap((list) => list.map(({ address }) => [address, id] as const)),
      ),
  );
  return Array.from({ length: count }, () =>
    Object.fromEntries(
      requests.map(({ network, address }) => {
        const chosen =
          address === undefined
            ? network.subnets.map((subnet) => free(subnet, taken))
            : [wanted(network, address, taken)];
        for (const one of chosen) taken.set(one, 'that is being made');
        const mac = macOf(random.bytes(3));
        return [network.name, chosen.map((one) => ({ ...addressOf(one), mac }))];
      }),
    ),
  );
}

function wanted(network: Network, address: string, taken: ReadonlyMap<string, string>): string {
  const holder = taken.get(address);
  if (holder !== undefined) {
    throw refuse.badRequest(`Fixed IP address ${address} is already in use on instance ${holder}.`);
  }
  if (!network.subnets.some((subnet) => isIn(subnet, address))) {
    throw refuse.badRequest(
      `Invalid input received: Fixed IP ${address} is not a valid ip address for network ${network.id}.`,
    );
  }
  return address;
}

/** Subnets here differ in what stands before their last number. */
function isIn({ gateway, version }: Subnet, address: string): boolean {
  const prefix = gateway.slice(0, gateway.lastIndexOf(version === 6 ? ':' : '.') + 1);
  return isIP(address) === version && address.startsWith(prefix) && address !== gateway;
}

/** The same for a server whose addresses are known. */
export function givenAddresses(
  { random, networks }: { random: Compute['random']; networks: NetworkStore },
  given: Readonly<Record<string, readonly string[]>>,
): Record<string, Address[]> {
  return Object.fromEntries(
    Object.entries(given).map(([name, list]) => {
      networks.ensure(name);
      const mac = macOf(random.bytes(3));
      return [name, list.map((one) => ({ ...addressOf(one), mac }))];
    }),
  );
}

function addressOf(address: string): Pick<Address, 'address' | 'version'> {
  return { address, version: address.includes(':') ? 6 : 4 };
}

function macOf(bytes: Uint8Array): string {
  return `fa:16:3e:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
}

/** The first free address of a subnet. Subnets here are counted through by their last number. */
function free({ first, last, version }: Subnet, taken: ReadonlyMap<string, string>): string {
  const [separator, radix] = version === 6 ? ([':', 16] as const) : (['.', 10] as const);
  const prefix = first.slice(0, first.lastIndexOf(separator) + 1);
  const number = (address: string) =>
    Number.parseInt(address.slice(address.lastIndexOf(separator) + 1), radix);
  for (let host = number(first); host <= number(last); host += 1) {
    const address = prefix + host.toString(radix);
    if (!taken.has(address)) {
      return address;
    }
  }
  throw refuse.badRequest('No more IP addresses available on network.');
}
