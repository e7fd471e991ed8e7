import type { GuestForward, HostForward, NicDescription } from './machine-description';
import { qemuOptions } from './qemu-options';

/** `-netdev` and `-device` arguments of the one network card; `-nic none` when there is none. */
export function networkArguments(nic: NicDescription | undefined): string[] {
  if (!nic) return ['-nic', 'none'];
  const backend = qemuOptions('user', {
    id: 'net0',
    restrict: nic.restrict ?? true,
    net: nic.network,
    host: nic.host,
    dhcpstart: nic.dhcpStart,
    bootfile: nic.bootFile,
  });
  const forwards: Record<string, string>[] = [
    ...(nic.hostForwards ?? []).map((forward) => ({ hostfwd: hostForward(forward) })),
    ...(nic.guestForwards ?? []).map((forward) => ({ guestfwd: guestForward(forward) })),
  ];
  const device = qemuOptions(nic.model ?? 'virtio-net-pci', {
    netdev: 'net0',
    id: 'nic0',
    mac: nic.mac,
    bootindex: nic.bootIndex,
    romfile: nic.romFile,
  });
  const netdev = forwards.reduce((options, forward) => qemuOptions(options, forward), backend);
  return ['-netdev', netdev, '-device', device];
}

function hostForward({ hostAddress, hostPort, guestPort }: HostForward): string {
  return `tcp:${hostAddress}:${hostPort}-:${guestPort}`;
}

/**
 * One socat per connection: QEMU's other way, a character device, serves a single connection only.
 * QEMU splits the command like a shell, socat splits its addresses at `,` `:` and `!`.
 */
function guestForward({ address, port, unixSocket }: GuestForward): string {
  if (!/^[\w/.+@-]+$/.test(unixSocket)) {
    throw new Error(
      `The guest forward ${address}:${port} cannot lead to the socket "${unixSocket}": its path may hold letters, digits and / . _ + @ - only.`,
    );
  }
  return `tcp:${address}:${port}-cmd:socat - UNIX-CONNECT:${unixSocket}`;
}
