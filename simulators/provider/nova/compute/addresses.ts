import type { Network, NetworkStore, Subnet } from '../network/network-store';
import type { Compute } from './compute';
import type { Address } from './instance';
import { refuse } from './refusal';

/** A network that a server wants to be in, and the address there that it would like. */
export interface NetworkRequest {
  readonly network: Network;
  readonly address?: string | undefined;
}

/** The addresses of a server to be, by the names of its networks: one out of each subnet, all at one port. */
export function allocateAddresses(
  compute: Pick<Compute, 'random' | 'instances'>,
  requests: readonly NetworkRequest[],
): Record<string, Address[]> {
  const { random, instances } = compute;
  const taken = new Map(
    instances
      .list()
      .flatMap(({ id, addresses }) =>
        Object.values(addresses).flatMap((list) => list.map(({ address }) => [address, id] as const)),
      ),
  );
  return Object.fromEntries(
    requests.map(({ network, address }) => {
      const holder = address === undefined ? undefined : taken.get(address);
      if (holder !== undefined) {
        throw refuse.badRequest(`Fixed IP address ${address} is already in use on instance ${holder}.`);
      }
      const chosen = address === undefined ? network.subnets.map((subnet) => free(subnet, taken)) : [address];
      const mac = macOf(random.bytes(3));
      return [network.name, chosen.map((one) => ({ ...addressOf(one), mac }))];
    }),
  );
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
