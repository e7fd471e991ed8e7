import type { Events } from '../events';
import { type MailHistory, rescueLetter } from '../mail';
import type { SecretStore } from '../secrets';
import { type Account, mailLanguage } from './account';
import { WINDOWS_RESCUE } from './boot-list';
import type { ProviderEvents } from './provider-events';
import type { RescueSession } from './rescue-system';
import type { DedicatedServer } from './server';

/** Tells customers how to log in to a rescue system that has come up. */
export class RescueMails {
  readonly #mails: MailHistory;
  readonly #secrets: SecretStore;
  readonly #events: Events<ProviderEvents>;
  readonly #ownerOf: (server: DedicatedServer) => Account;
  readonly #secretLink: (id: string) => string;
  readonly #closing: AbortSignal;
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: {
    mails: MailHistory;
    secrets: SecretStore;
    events: Events<ProviderEvents>;
    ownerOf: (server: DedicatedServer) => Account;
    secretLink: (id: string) => string;
    /** Ends the waiting of late mails. */
    closing: AbortSignal;
  }) {
    this.#mails = options.mails;
    this.#secrets = options.secrets;
    this.#events = options.events;
    this.#ownerOf = options.ownerOf;
    this.#secretLink = options.secretLink;
    this.#closing = options.closing;
  }

  /** Sends the mail; does not wait for its delivery. */
  announce(server: DedicatedServer, session: RescueSession): void {
    const delivery = this.#send(server, session)
      .catch((error: unknown) => {
        // A late mail that the end of the lab overtook.
        if (!this.#closing.aborted) {
          throw error;
        }
      })
      .finally(() => this.#underWay.delete(delivery));
    this.#underWay.add(delivery);
  }

  /** Resolves when no mail is under way any more. */
  async delivered(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #send(server: DedicatedServer, session: RescueSession): Promise<void> {
    const owner = this.#ownerOf(server);
    const { user, kernel, password, sshKey } = session;
    const letter = rescueLetter(server.rescueMail ?? owner.email, mailLanguage(owner), {
      server: server.name,
      ip: server.ip,
      user,
      windows: kernel === WINDOWS_RESCUE,
      link: sshKey === undefined ? this.#secretLink(this.#secrets.create(password)) : undefined,
    });
    const { id, to, note } = await this.#mails.deliver(owner.nichandle, letter, this.#closing);
    if (note === null) {
      this.#events.emit('mail-sent', { server: server.name, mailId: id, to });
    } else {
      this.#events.emit('mail-undeliverable', { server: server.name, mailId: id, to, note });
    }
  }
}
