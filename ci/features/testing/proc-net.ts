import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A TCP socket of this machine that takes connections. */
export interface Listener {
  /** `address:port`; IPv4 only is written in digits. */
  readonly address: string;
  readonly inode: string;
}

/** The state `LISTEN` in /proc/net/tcp (include/net/tcp_states.h). */
const LISTEN = '0A';

/** All TCP sockets that take connections, whoever has them. */
export function tcpListeners(): Listener[] {
  return ['tcp', 'tcp6'].flatMap((table) =>
    rows(`/proc/net/${table}`).flatMap((row) => {
      const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
      return state === LISTEN ? [{ address: readable(local), inode }] : [];
    }),
  );
}

/** A unix socket with a name: a path, or `@...` outside of any file system. */
interface NamedSocket {
  readonly path: string;
  readonly inode: string;
}

export function namedSockets(): NamedSocket[] {
  return rows('/proc/net/unix').flatMap((row) => {
    const [, , , , , , inode = '', path] = row.trim().split(/\s+/);
    return path === undefined ? [] : [{ path, inode }];
  });
}

/** The inodes of the sockets that a process has open. */
export function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
      const target = readlinkSync(`/proc/${pid}/fd/${descriptor}`);
      return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [];
    });
  } catch {
    return []; // It has ended meanwhile.
  }
}

function rows(table: string): string[] {
  try {
    return readFileSync(table, 'utf8').trimEnd().split('\n').slice(1);
  } catch {
    return []; // A kernel without IPv6 has no table of it.
  }
}

/** `0100007F:1F90` (the address in the machine's byte order) to `127.0.0.1:8080`. */
function readable(local: string): string {
  const [address = '', port = ''] = local.split(':');
  const number = Number.parseInt(port, 16);
  if (address.length !== 8) return `[${address}]:${number}`;
  return `${[...Buffer.from(address, 'hex')].reverse().join('.')}:${number}`;
}
