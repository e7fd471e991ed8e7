import { BlockList, isIP } from 'node:net';

/** Whether a consumer key that is kept to `blocks` (`203.0.113.0/24`, or single addresses) may be used from `address`. */
export function allowsAddress(blocks: readonly string[] | undefined, address: string): boolean {
  if (blocks === undefined) {
    return true;
  }
  const list = new BlockList();
  for (const block of blocks) {
    const [network = '', length] = block.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    const longest = family === 'ipv6' ? 128 : 32;
    const bits = length === undefined ? longest : Number(length);
    if (isIP(network) !== 0 && bits >= 0 && bits <= longest) {
      list.addSubnet(network, bits, family);
    }
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
