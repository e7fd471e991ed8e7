import type { Clock } from '../clock';
import { hackedLetter, type MailHistory } from '../mail';
import { Refusal } from '../refusal';
import { type Account, mailLanguage } from './account';
import { DEBIAN_RESCUE } from './boot-list';
import type { Boots } from './boots';
import type { CurrentBoot } from './current-boot';
import { Monitoring } from './monitoring';
import type { DedicatedServer, Intervention } from './server';

/** The people who look after the servers: what the provider does without being asked by a customer. */
export class Datacentre implements Disposable {
  readonly #clock: Clock;
  readonly #boots: Boots;
  readonly #mails: MailHistory;
  readonly #ownerOf: (server: DedicatedServer) => Account;
  readonly #monitoring: Monitoring;
  /** Boots that an intervention is about already. */
  readonly #lookedAfter = new WeakSet<CurrentBoot>();
  #nextIntervention = 1;

  constructor(options: {
    clock: Clock;
    boots: Boots;
    mails: MailHistory;
    ownerOf: (server: DedicatedServer) => Account;
    /** Milliseconds of lab time that a monitored server may be silent after a restart. */
    monitoringPatience: number;
  }) {
    this.#clock = options.clock;
    this.#boots = options.boots;
    this.#mails = options.mails;
    this.#ownerOf = options.ownerOf;
    this.#monitoring = new Monitoring({
      clock: options.clock,
      patience: options.monitoringPatience,
      onSilence: (server) => this.openIntervention(server, 'monitoring'),
    });
  }

  /** The server was restarted: its monitoring begins anew. */
  watch(server: DedicatedServer): void {
    this.#monitoring.watch(server);
  }

  /** A failed boot or a silent server makes the provider look after it, unless the customer forbade it. */
  openIntervention(server: DedicatedServer, type: string): void {
    const { boot } = server;
    if (!server.noIntervention && (boot === undefined || !this.#lookedAfter.has(boot))) {
      if (boot !== undefined) {
        this.#lookedAfter.add(boot);
      }
      const interventionId = this.#nextIntervention++;
      server.interventions.push({ interventionId, date: this.#clock.now(), type });
    }
  }

  intervention(server: DedicatedServer, interventionId: number): Intervention {
    const found = server.interventions.find((one) => one.interventionId === interventionId);
    if (found === undefined) {
      throw new Refusal(
        'not found',
        `The requested object (interventionId = ${interventionId}) does not exist`,
      );
    }
    return found;
  }

  /**
   * The provider found that the server attacks others. `hacked`: it is put into rescue mode, with a mail about it;
   * `hackedBlocked`: its customer can do nothing but write to the support. Which calls are refused is our choice,
   * after what the control panel offers in these states.
   */
  async markHacked(server: DedicatedServer, state: 'hacked' | 'hackedBlocked'): Promise<void> {
    server.state = state;
    await this.#putIntoRescue(server);
    const owner = this.#ownerOf(server);
    await this.#mails.deliver(owner.nichandle, hackedLetter(owner.email, mailLanguage(owner), server.name));
  }

  /** Technicians of the datacentre leave the server in the Debian rescue system, unasked (customers report this). */
  async leaveInRescue(server: DedicatedServer): Promise<void> {
    this.openIntervention(server, 'softwareConfiguration');
    await this.#putIntoRescue(server);
  }

  async #putIntoRescue(server: DedicatedServer): Promise<void> {
    const rescue = server.boots.find(({ kernel }) => kernel === DEBIAN_RESCUE);
    server.bootId = rescue?.bootId ?? server.bootId;
    this.#boots.begin(server);
    await server.hardware.hardReset();
  }

  [Symbol.dispose](): void {
    this.#monitoring[Symbol.dispose]();
  }
}
