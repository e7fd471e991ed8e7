import type { Clock } from '../clock';
import type { Events } from '../events';
import type { Random } from '../random';
import { CurrentBoot } from './current-boot';
import type { ProviderEvents } from './provider-events';
import { createRescueSession, type RescueSession } from './rescue-system';
import { type DedicatedServer, nextBoot } from './server';

/** The session document of docs/architecture.md. */
export interface SessionDocument {
  readonly hostName: string;
  readonly user: string;
  readonly password: string;
  /** The customer's public key, where it opens the rescue system in place of the password. */
  readonly sshKey?: string;
  /** Lab time, ISO 8601. */
  readonly time: string;
  /** 32 random bytes, base64. */
  readonly entropy: string;
}

/** What the servers boot: decided at each power cycle from the netboot that is chosen at that moment. */
export class Boots {
  readonly #clock: Clock;
  readonly #passwords: Random;
  readonly #entropy: Random;
  readonly #events: Events<ProviderEvents>;
  readonly #onReady: (server: DedicatedServer, session: RescueSession) => void;
  readonly #held = new Set<string>();

  constructor(options: {
    clock: Clock;
    random: Random;
    events: Events<ProviderEvents>;
    /** Called once per boot, when the login of a rescue system works. */
    onReady: (server: DedicatedServer, session: RescueSession) => void;
  }) {
    this.#clock = options.clock;
    this.#passwords = options.random.stream('passwords');
    this.#entropy = options.random.stream('entropy');
    this.#events = options.events;
    this.#onReady = options.onReady;
  }

  /** Begins a new boot of `server` from its chosen netboot; a rescue system gets a new session. */
  begin(server: DedicatedServer): CurrentBoot {
    const entry = nextBoot(server);
    const previous = server.boot;
    server.boot = new CurrentBoot(
      entry,
      entry.bootType === 'rescue'
        ? createRescueSession(entry.kernel, this.#passwords, server.rescueSshKey)
        : undefined,
    );
    previous?.supersede();
    this.#events.emit('boot-started', eventOf(server, server.boot));
    return server.boot;
  }

  /**
   * The firmware of `server` asks what to boot. After a reset by the provider that is the boot just begun (unless
   * the customer has chosen another since); in every other case the server restarted by itself: a new boot.
   */
  serveScript(server: DedicatedServer): CurrentBoot {
    const pending = server.boot;
    const boot =
      pending !== undefined && !pending.seen && pending.entry === nextBoot(server)
        ? pending
        : this.begin(server);
    boot.seen = true;
    this.#events.emit('script-served', eventOf(server, boot));
    return boot;
  }

  /**
   * The guest asks who it is: undefined means "nothing for you yet". The same boot always gets the same login.
   * `settled`: it says that nothing more is going to start in it by itself.
   */
  session(server: DedicatedServer, { settled = false } = {}): SessionDocument | undefined {
    const session = this.#held.has(server.name) ? undefined : server.boot?.session;
    if (server.boot?.session !== undefined) {
      server.boot.seen = true;
    }
    this.#events.emit('session-asked', { server: server.name, answered: session !== undefined, settled });
    return (
      session && {
        hostName: session.hostName,
        user: session.user,
        password: session.password.reveal(),
        ...(session.sshKey === undefined ? {} : { sshKey: session.sshKey }),
        time: new Date(this.#clock.now()).toISOString(),
        entropy: Buffer.from(this.#entropy.bytes(32)).toString('base64'),
      }
    );
  }

  /** Answers "nothing for you yet" to the guest of `server` until disposed of: the moment to save a waypoint. */
  holdSessions(server: DedicatedServer): Disposable {
    this.#held.add(server.name);
    return { [Symbol.dispose]: () => this.#held.delete(server.name) };
  }

  /** The guest says that its login works. A guest without a session, or saying it again, changes nothing. */
  guestReady(server: DedicatedServer): void {
    const { boot } = server;
    if (boot?.session === undefined || !boot.becomeReady()) {
      return;
    }
    this.#events.emit('ready', eventOf(server, boot));
    this.#onReady(server, boot.session);
  }
}

function eventOf(server: DedicatedServer, boot: CurrentBoot) {
  return { server: server.name, bootId: boot.entry.bootId, kernel: boot.entry.kernel };
}
