import { connect } from 'node:net';

/** What a port makes of a client: it speaks, it ends the connection, or nothing comes at all. */
export type PortState = 'answers' | 'refused' | 'silent';

export interface PortTarget {
  readonly host: string;
  readonly port: number;
  /** SSH servers speak first, RDP servers when they are spoken to. */
  readonly protocol: 'ssh' | 'rdp';
}

/** An emulated machine's first word to a client, on a busy host (ms). */
const DEADLINE = 15_000;

/** X.224 Connection Request with an RDP Negotiation Request for TLS or CredSSP (MS-RDPBCGR 2.2.1.1). */
const CONNECTION_REQUEST = Buffer.from('030000130ee000000000000100080003000000', 'hex');

/**
 * Looks from outside at what a port does. A forwarded port takes every connection before the machine behind it is asked,
 * so that only what comes afterwards counts: a firewall that drops packets is silence until the deadline, and that is
 * what `silent` costs.
 */
export function askPort(
  { host, port, protocol }: PortTarget,
  { deadline = DEADLINE }: { readonly deadline?: number } = {},
): Promise<PortState> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const finish = (state: PortState) => (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(state);
    };
    const timer = setTimeout(finish('silent'), deadline);
    if (protocol === 'rdp') socket.on('connect', () => socket.write(CONNECTION_REQUEST));
    socket.on('data', finish('answers'));
    socket.on('error', finish('refused'));
    socket.on('close', finish('refused'));
  });
}
