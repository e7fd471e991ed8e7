import type { Random } from '../../random';

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly version: 4 | 6;
  readonly cidr: string;
  readonly gateway: string;
  readonly first: string;
  readonly last: string;
}

export interface Network {
  readonly id: string;
  readonly name: string;
  /** The project whose network it is; a provider's own network is there for everybody. */
  readonly projectId: string | undefined;
  readonly subnets: readonly Subnet[];
}

type SubnetPlan = readonly [cidr: string, gateway: string, first: string, last: string];

/** A network by its name, with its subnets. */
export type NetworkPlan = Readonly<Record<string, readonly SubnetPlan[]>>;

const USUAL: NetworkPlan = {
  public: [
    ['203.0.113.0/24', '203.0.113.1', '203.0.113.10', '203.0.113.254'],
    ['2001:db8::/64', '2001:db8::1', '2001:db8::2', '2001:db8::ffff:ffff:ffff:ffff'],
  ],
  private: [['10.0.0.0/24', '10.0.0.1', '10.0.0.2', '10.0.0.254']],
};

/** The networks that servers are in. A server's addresses name its networks. */
export class NetworkStore {
  readonly #networks: Network[] = [];

  constructor(
    private readonly random: Random,
    plan: NetworkPlan = USUAL,
  ) {
    for (const [name, subnets] of Object.entries(plan)) this.add(name, subnets);
  }

  get networks(): readonly Network[] {
    return this.#networks;
  }

  get(id: string): Network | undefined {
    return this.#networks.find((network) => network.id === id);
  }

  byName(name: string): Network | undefined {
    return this.#networks.find((network) => network.name === name);
  }

  /** The network with this name; made without a subnet where a server was put into one that nobody described. */
  ensure(name: string, projectId?: string): Network {
    return this.byName(name) ?? this.add(name, [], projectId);
  }

  private add(name: string, subnets: readonly SubnetPlan[], projectId?: string): Network {
    const network: Network = {
      id: this.random.uuid(),
      name,
      projectId,
      subnets: subnets.map(([cidr, gateway, first, last]) => {
        const version = cidr.includes(':') ? 6 : 4;
        return { id: this.random.uuid(), name: `${name}-v${version}`, version, cidr, gateway, first, last };
      }),
    };
    this.#networks.push(network);
    return network;
  }
}
