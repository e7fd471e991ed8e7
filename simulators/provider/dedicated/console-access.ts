import type { DedicatedServer } from './server';
import { TaskFailure } from './tasks';

/** What the KVM console of a server is reached by, for the page that shows it. */
export interface ConsoleFacts {
  readonly server: string;
  /** `host:port` of the console (RFB). */
  readonly console: string;
  /** Opens this one access. */
  readonly token: string;
}

/** Makes the URL of a console page. */
export type ConsoleUrl = (facts: ConsoleFacts) => string;

/** Without a page of our own: the RFB server itself, for any VNC client. */
export const vncUrl: ConsoleUrl = ({ console }) => `vnc://${console}`;

/** Opens an access of `type` for `ttl` minutes; a server without a machine has no console to show. */
export function openConsole(
  server: DedicatedServer,
  access: { type: string; ttl: number; now: number; token: string; url: ConsoleUrl },
): void {
  const { console } = server.hardware;
  if (console === undefined) {
    throw new TaskFailure('ovhError', `The IPMI module of ${server.name} does not answer`);
  }
  server.consoleAccesses.set(access.type, {
    value: access.url({ server: server.name, console, token: access.token }),
    expiration: access.now + access.ttl * 60_000,
  });
}
