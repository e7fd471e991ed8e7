import type { Hive } from '../../disk/regf';
import {
  type Firewall,
  firewallOf,
  type InboundEndpoint,
  OPEN,
  type RemoteNames,
  remoteDesktopOf,
} from '../../disk/registry';
import { packetFilter } from './packet-filter';

/** A server that can be made to listen on one port or on none. */
export interface PortServer {
  listen(port: number | undefined, signal: AbortSignal): Promise<void>;
}

export interface SystemServersParts {
  readonly ssh: PortServer;
  readonly rdp: PortServer;
  /** Carries out a script of nft(8). */
  readonly filter: (script: string) => Promise<void>;
  readonly remoteNames: () => Promise<RemoteNames>;
  readonly log: (sentence: string) => void;
}

const SSH_PORT = 22;
const ECHO_REQUEST = 8;
const SSH = { protocol: 'tcp', programs: ['sshd.exe'], service: 'sshd' } as const;
const RDP = { protocol: 'tcp', programs: ['system', 'svchost.exe'], service: 'termservice' } as const;
const PING: InboundEndpoint = { protocol: 'icmp', number: ECHO_REQUEST, programs: ['system'], service: '' };

/** Keeps what the machine answers to the network in step with its registry and its services. */
export class SystemServers {
  /** Read when the service starts, as Windows does; undefined while it does not run. */
  #rdpPort: number | undefined;
  #script = packetFilter([]);
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly parts: SystemServersParts) {}

  /**
   * Brings firewall and servers in line; resolves when they are. What cannot be done is said in the log, and the rest is
   * done. @param isRunning whether the service of this name (lower case) runs
   */
  follow(system: Hive, isRunning: (service: string) => boolean, signal: AbortSignal): Promise<void> {
    this.#last = this.#last.then(() => this.#follow(system, isRunning, signal));
    return this.#last;
  }

  async #follow(system: Hive, isRunning: (service: string) => boolean, signal: AbortSignal): Promise<void> {
    const { ssh, rdp } = this.parts;
    const desktop = remoteDesktopOf(system);
    this.#rdpPort = isRunning('termservice') ? (this.#rdpPort ?? desktop.port) : undefined;
    const present = firewallOf(system);
    const firewall = isRunning(present.service) ? present : undefined;
    const rdpPort = desktop.denied ? undefined : this.#rdpPort;
    // Nobody shall get through in the moment between the two.
    await this.#try(() => this.#applyFirewall(system, firewall, rdpPort));
    // One after the other: the RDP server with its display takes longer, and SSH need not wait for it.
    await this.#try(() => ssh.listen(isRunning('sshd') ? SSH_PORT : undefined, signal));
    await this.#try(() => rdp.listen(rdpPort, signal));
  }

  async #applyFirewall(
    system: Hive,
    firewall: Firewall | undefined,
    rdpPort: number | undefined,
  ): Promise<void> {
    const names = await this.parts.remoteNames();
    const endpoints: readonly InboundEndpoint[] = [
      { ...SSH, number: SSH_PORT },
      ...(rdpPort === undefined ? [] : [{ ...RDP, number: rdpPort }]),
      PING,
    ];
    const script = packetFilter(
      endpoints.map((endpoint) => ({
        protocol: endpoint.protocol,
        number: endpoint.number,
        policy: firewall?.policy(system, endpoint, names) ?? OPEN,
      })),
    );
    if (script === this.#script) return;
    await this.parts.filter(script);
    this.#script = script;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.parts.log(`servers: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
