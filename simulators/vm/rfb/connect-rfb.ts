import { once } from 'node:events';
import { connect } from 'node:net';
import { RfbClient } from './rfb-client';

export type RfbAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/** Connects to an RFB 3.8 server without authentication, within `deadline` milliseconds. */
export async function connectRfb(
  address: RfbAddress,
  { deadline = 10_000 }: { readonly deadline?: number } = {},
): Promise<RfbClient> {
  const socket = connect(address);
  const where = 'path' in address ? address.path : `${address.host}:${address.port}`;
  const late = AbortSignal.timeout(deadline);
  const abort = () => socket.destroy(new Error(`Nothing usable came within ${deadline} ms.`));
  late.addEventListener('abort', abort);
  try {
    await once(socket, 'connect');
    return await RfbClient.over(socket);
  } catch (cause) {
    socket.destroy();
    throw new Error(`No RFB connection to ${where}: ${(cause as Error).message}`, { cause });
  } finally {
    late.removeEventListener('abort', abort);
  }
}
