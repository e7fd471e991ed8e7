import { type InboundPolicy, isOpen, type RemoteAddresses } from '../../disk/registry';

/** What of the machine answers to others, as the packets name it, and who gets through. */
export interface FilteredEndpoint {
  readonly protocol: 'tcp' | 'icmp';
  /** TCP port, or the type of the ICMP message. */
  readonly number: number;
  readonly policy: InboundPolicy;
}

const TABLE = 'table inet windows-firewall';
/** Makes the table where there is none and takes it away, which is no error either way. */
const AWAY = `${TABLE}\ndelete ${TABLE}\n`;

/**
 * The firewall as a script for nft(8), which is carried out as a whole or not at all. Packets of endpoints are looked at
 * one by one, not connections: a policy that shuts somebody out ends what he has open, as Windows does. Where an endpoint
 * is closed to somebody, connections to all other ports are dropped without an answer too.
 */
export function packetFilter(endpoints: readonly FilteredEndpoint[]): string {
  if (endpoints.every(({ policy }) => isOpen(policy))) return AWAY;
  const rules = endpoints.flatMap(({ protocol, number, policy }) => {
    const packet = protocol === 'tcp' ? `tcp dport ${number}` : `icmp type ${number}`;
    const verdict = (remotes: readonly RemoteAddresses[], word: string): string[] =>
      remotes.flatMap((remote) => sources(remote).map((source) => `${source}${packet} ${word}`));
    return [
      ...verdict(policy.blocked, 'drop'),
      ...verdict(policy.allowed, 'accept'),
      `${packet} ${policy.otherwise === 'block' ? 'drop' : 'accept'}`,
    ];
  });
  const closed = endpoints.some(({ policy }) => policy.otherwise === 'block');
  if (closed) rules.push('tcp flags & (syn | ack) == syn drop');
  const chain = ['type filter hook input priority filter; policy accept;', 'iif lo accept', ...rules];
  return `${AWAY}${TABLE} {\n  chain inbound {\n${chain.map((rule) => `    ${rule}\n`).join('')}  }\n}\n`;
}

/** The beginnings of rules that match a source; none where nobody is meant. */
function sources({ v4, v6 }: RemoteAddresses): string[] {
  if (v4 === 'any' && v6 === 'any') return [''];
  const family = (name: string, addresses: 'any' | readonly string[]): string[] => {
    if (addresses === 'any') return [`meta nfproto ${name === 'ip' ? 'ipv4' : 'ipv6'} `];
    return addresses.map((address) => `${name} saddr ${address} `);
  };
  return [...family('ip', v4), ...family('ip6', v6)];
}
