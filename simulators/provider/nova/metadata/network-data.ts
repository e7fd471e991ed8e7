import type { Instance } from '../compute/instance';
import type { NetworkStore } from '../network/network-store';
import { portIdOf } from '../network/views';

/** `network_data.json`: a link for each network, and the addresses that DHCP gives there (nova/virt/netutils.py). */
export function networkData(instance: Instance, networks: NetworkStore) {
  const names = Object.entries(instance.addresses).filter(([, addresses]) => addresses.length > 0);
  const links = names.map(([name, [first]], index) => ({
    id: `interface${index}`,
    vif_id: portIdOf(instance, networks.ensure(name, instance.projectId)),
    type: 'ovs',
    // DHCP tells it.
    mtu: null,
    ethernet_mac_address: first?.mac ?? '',
  }));
  const parts = names.flatMap(([name, addresses], index) =>
    [4, 6]
      .filter((version) => addresses.some((address) => address.version === version))
      .map((version) => ({ name, version, link: `interface${index}` })),
  );
  return {
    links,
    networks: parts.map(({ name, version, link }, index) => ({
      id: `network${index}`,
      type: `ipv${version}_dhcp`,
      link,
      network_id: networks.ensure(name, instance.projectId).id,
    })),
    services: [],
  };
}
