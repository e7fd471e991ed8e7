import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Inbox } from './inbox';
import type { SmtpAddress } from './mailer';

/** Listens for SMTP on loopback (port 0: the system picks one) and puts what comes into `inbox`. */
export async function receiveMail(
  inbox: Inbox,
  { host = '127.0.0.1', port = 0 }: Partial<SmtpAddress> = {},
): Promise<SmtpAddress & AsyncDisposable> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 1,
    onRcptTo: ({ address }, _session, done) => {
      if (inbox.refuses(address)) {
        done(Object.assign(new Error(`No such mailbox: ${address}`), { responseCode: 550 }));
        return;
      }
      done();
    },
    onData: (stream, { envelope }, done) => {
      buffer(stream)
        .then((raw) =>
          inbox.receive(
            raw,
            envelope.rcptTo.map(({ address }) => address),
          ),
        )
        .then(() => done(), done);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new Error(`The mail server could not listen on ${host}:${port}: ${cause.message}`, { cause })),
    );
    server.listen(port, host, resolve);
  });
  // A customer's mail client that hangs up is no failure of the lab.
  server.on('error', () => {});
  return {
    host,
    port: (server.server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
