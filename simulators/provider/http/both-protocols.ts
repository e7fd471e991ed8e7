import type { Server } from 'node:http';
import { createServer, type Server as SocketServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsIdentity } from './tls-identity';

/** The first byte of a TLS connection: a record of the type handshake (RFC 8446, section 5.1). */
const HANDSHAKE = 22;

/** Lets `http` answer both protocols on one port: who begins with a TLS handshake is spoken to by TLS. */
export function speakBoth(http: Server, { key, certificate }: TlsIdentity): SocketServer {
  const tls = createTlsServer({ key, cert: certificate }, (socket) => http.emit('connection', socket));
  // A client that does not trust the certificate hangs up, and knows why.
  tls.on('tlsClientError', (_error, socket) => socket.destroy());
  return createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      if (first === null) {
        return;
      }
      socket.unshift(first);
      (first[0] === HANDSHAKE ? tls : http).emit('connection', socket);
    });
  });
}
