import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { InboundPolicy } from '../../disk/registry';
import { packetFilter } from './packet-filter';

const everybody = { v4: 'any', v6: 'any' } as const;
const open: InboundPolicy = { blocked: [], allowed: [everybody], otherwise: 'block' };
const some: InboundPolicy = {
  blocked: [{ v4: ['10.0.2.3'], v6: [] }],
  allowed: [{ v4: ['10.0.0.0/8', '192.0.2.1-192.0.2.9'], v6: ['2001:db8::/32'] }],
  otherwise: 'block',
};
const nobody: InboundPolicy = { blocked: [], allowed: [], otherwise: 'block' };

const ssh = { protocol: 'tcp', number: 22 } as const;
const ping = { protocol: 'icmp', number: 8 } as const;

const script = packetFilter([
  { ...ssh, policy: some },
  { ...ping, policy: nobody },
]);

describe('the packet filter', () => {
  it('is none where everybody gets through', () => {
    expect(packetFilter([{ ...ssh, policy: open }])).toBe(
      'table inet windows-firewall\ndelete table inet windows-firewall\n',
    );
  });

  it('looks at those who are blocked first, then at those who are allowed', () => {
    expect(script.split('\n').map((line) => line.trim())).toEqual([
      'table inet windows-firewall',
      'delete table inet windows-firewall',
      'table inet windows-firewall {',
      'chain inbound {',
      'type filter hook input priority filter; policy accept;',
      'iif lo accept',
      'ip saddr 10.0.2.3 tcp dport 22 drop',
      'ip saddr 10.0.0.0/8 tcp dport 22 accept',
      'ip saddr 192.0.2.1-192.0.2.9 tcp dport 22 accept',
      'ip6 saddr 2001:db8::/32 tcp dport 22 accept',
      'tcp dport 22 drop',
      'icmp type 8 drop',
      'tcp flags & (syn | ack) == syn drop',
      '}',
      '}',
      '',
    ]);
  });

  it('leaves other ports alone where nothing is closed by default', () => {
    const policy = { ...some, otherwise: 'allow' } as const;
    expect(packetFilter([{ ...ssh, policy }])).not.toContain('syn');
  });

  const nft = spawnSync('unshare', ['--net', 'nft', '--version']);
  it.skipIf(nft.status !== 0)('is understood by nft, once and again', () => {
    const { status, stderr } = spawnSync('unshare', ['--net', 'nft', '--file', '-'], {
      input: `${script}${script}`,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});
