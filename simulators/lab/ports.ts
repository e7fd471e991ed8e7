import { createServer } from 'node:net';

export interface ServerPorts {
  readonly ssh: number;
  readonly rdp: number;
  readonly vnc: number;
}

/** The usual ports of a server's own address where this user may bind them, others where not. */
export async function choosePorts(address: string): Promise<ServerPorts> {
  const [ssh, rdp, vnc] = await Promise.all([
    freePort(address, 22),
    freePort(address, 3389),
    freePort(address, 5900),
  ]);
  // QEMU counts VNC displays from 5900 on.
  return { ssh, rdp, vnc: vnc < 5900 ? 5900 + (vnc % 1000) : vnc };
}

async function freePort(address: string, wanted: number): Promise<number> {
  return (await tryPort(address, wanted)) ?? (await tryPort(address, 0)) ?? wanted;
}

function tryPort(address: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host: address, port, exclusive: true }, () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === 'object' && bound ? bound.port : undefined));
    });
  });
}
