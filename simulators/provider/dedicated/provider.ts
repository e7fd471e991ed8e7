import type { Clock } from '../clock';
import { Events } from '../events';
import { Faults } from '../faults';
import { MailHistory, type SendLetter } from '../mail';
import type { Random } from '../random';
import { Refusal } from '../refusal';
import { type SecretOptions, SecretStore } from '../secrets';
import type { Account } from './account';
import type { BootEntry, Region } from './boot-list';
import { Boots } from './boots';
import { type ConsoleUrl, openConsole, vncUrl } from './console-access';
import { Datacentre } from './datacentre';
import { hardReboot } from './hard-reboot';
import { DEFAULT_MONITORING_PATIENCE } from './monitoring';
import type { ProviderEvents } from './provider-events';
import { RescueMails } from './rescue-mails';
import type { RescueAccess } from './rescue-system';
import { createServer, type DedicatedServer, type ServerDescription } from './server';
import { DEFAULT_TASK_RETENTION, type Task, type TaskFunction, type TaskPace, Tasks } from './tasks';
import {
  DEFAULT_WINDOWS_RESCUE_RULE,
  type WindowsRescueRule,
  windowsRescueObstacle,
} from './windows-rescue-rule';

export interface DedicatedProviderOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly accounts: readonly { readonly account: Account; readonly servers: readonly ServerDescription[] }[];
  readonly sendLetter: SendLetter;
  /** The page that shows a secret, for the mails. */
  readonly secretLink: (id: string) => string;
  readonly secrets?: Partial<SecretOptions>;
  /** Milliseconds of lab time that a task stays in todo and in init. */
  readonly pace?: TaskPace;
  readonly windowsRescue?: Partial<WindowsRescueRule>;
  /** Milliseconds of lab time after which a rescue boot without a sign of life has failed. */
  readonly bootDeadline?: number;
  readonly consoleUrl?: ConsoleUrl;
  readonly region?: Region;
  /** Milliseconds of lab time from the end of a task until nobody knows it any more. */
  readonly taskRetention?: number;
  /** Milliseconds of lab time that a monitored server may be silent after a restart. */
  readonly monitoringPatience?: number;
  /**
   * Milliseconds of lab time for which `rescueMail` and `rootDevice` are still read as before a change. Clients report
   * that these two are not updated consistently; for how long is not known. Default: 0.
   */
  readonly staleReads?: number;
}

/** The fields of a server that its customer may change (those of the API schema that are not read-only). */
export type ServerChanges = Partial<
  Pick<
    DedicatedServer,
    | 'bootId'
    | 'bootScript'
    | 'efiBootloaderPath'
    | 'monitoring'
    | 'noIntervention'
    | 'rescueMail'
    | 'rescueSshKey'
    | 'rootDevice'
    | 'state'
  >
>;

/** One way to log in to a server; `secretId` is what `/secret/retrieve` turns into the password. */
export interface Credential {
  readonly type: RescueAccess;
  readonly user: string;
  /** Null where the customer's SSH key takes its place. */
  readonly secretId: string | null;
}

/** The company behind dedicated servers: one state machine that all faces (API, panel, netboot, mail) look at. */
export class DedicatedProvider implements AsyncDisposable {
  readonly clock: Clock;
  readonly random: Random;
  readonly events = new Events<ProviderEvents>();
  readonly secrets: SecretStore;
  readonly mails: MailHistory;
  readonly tasks: Tasks;
  readonly boots: Boots;
  /** What the provider does unasked. */
  readonly datacentre: Datacentre;
  readonly accounts: readonly Account[];
  readonly region: Region;
  readonly faults: Faults;
  readonly #closing = new AbortController();
  readonly #rescueMails: RescueMails;
  readonly #staleReads: number;
  readonly #servers = new Map<string, DedicatedServer>();
  readonly #windowsRescue: WindowsRescueRule;
  readonly #bootDeadline: number;
  readonly #consoleUrl: ConsoleUrl;
  readonly #tokens: Random;

  constructor(options: DedicatedProviderOptions) {
    const { clock, random } = options;
    this.clock = clock;
    this.random = random;
    this.region = options.region ?? 'EU';
    this.faults = new Faults({ clock, random: random.stream('faults') });
    this.#staleReads = options.staleReads ?? 0;
    this.#windowsRescue = { ...DEFAULT_WINDOWS_RESCUE_RULE, ...options.windowsRescue };
    this.#bootDeadline = options.bootDeadline ?? 3_600_000;
    this.#consoleUrl = options.consoleUrl ?? vncUrl;
    this.#tokens = random.stream('console tokens');
    this.secrets = new SecretStore({
      clock,
      random: random.stream('secrets'),
      ...(options.secrets && { options: options.secrets }),
      onRead: (outcome) => this.events.emit('secret-read', { outcome }),
    });
    this.mails = new MailHistory({ clock, send: options.sendLetter, faults: this.faults });
    this.tasks = new Tasks({
      clock,
      random: random.stream('tasks'),
      faults: this.faults,
      retention: options.taskRetention ?? DEFAULT_TASK_RETENTION,
      pace: options.pace ?? { todo: 100, init: 100 },
      onChange: ({ server, taskId, function: taskFunction, status }) =>
        this.events.emit('task-changed', { server, taskId, function: taskFunction, status }),
    });
    this.boots = new Boots({
      clock,
      random,
      events: this.events,
      onReady: (server, session) => this.#rescueMails.announce(server, session),
    });
    const ownerOf = (server: DedicatedServer) => this.account(server.owner);
    this.#rescueMails = new RescueMails({
      mails: this.mails,
      secrets: this.secrets,
      events: this.events,
      ownerOf,
      secretLink: options.secretLink,
      closing: this.closing,
    });
    this.datacentre = new Datacentre({
      clock,
      boots: this.boots,
      mails: this.mails,
      ownerOf,
      monitoringPatience: options.monitoringPatience ?? DEFAULT_MONITORING_PATIENCE,
    });
    this.accounts = options.accounts.map(({ account }) => account);
    for (const { account, servers } of options.accounts) {
      for (const description of servers) {
        const server = createServer(description, {
          owner: account.nichandle,
          random,
          now: clock.now(),
          region: this.region,
        });
        this.#servers.set(server.name, server);
      }
    }
  }

  /** Aborted when the provider ends: waits for lab time end with it. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  account(nichandle: string): Account {
    const account = this.accounts.find((other) => other.nichandle === nichandle);
    if (account === undefined) {
      throw new Refusal('not found', `The account ${nichandle} does not exist`);
    }
    return account;
  }

  /** The servers of a customer, or all servers. */
  servers(nichandle?: string): DedicatedServer[] {
    return [...this.#servers.values()].filter(
      (server) => nichandle === undefined || server.owner === nichandle,
    );
  }

  /** A server by its name; one that belongs to another customer does not exist for this one. */
  server(name: string, nichandle?: string): DedicatedServer {
    const server = this.#servers.get(name);
    if (server === undefined || (nichandle !== undefined && server.owner !== nichandle)) {
      throw new Refusal('not found', 'This service does not exist');
    }
    return server;
  }

  /** The netboots that a server may be set to. */
  bootList(server: DedicatedServer): BootEntry[] {
    return server.boots.filter(
      (entry) =>
        this.#windowsRescue.refusal !== 'list' ||
        windowsRescueObstacle(this.#windowsRescue, server, entry) === undefined,
    );
  }

  /** Changes what a customer may change. A new `bootId` takes effect at the next (re)boot. */
  change(server: DedicatedServer, changes: ServerChanges): void {
    const { bootId } = changes;
    if (server.state === 'hackedBlocked' && (bootId !== undefined || changes.state !== undefined)) {
      throw new Refusal('forbidden', blockedText(server));
    }
    if (bootId !== undefined && bootId !== null) {
      const allowed = this.bootList(server);
      const entry = allowed.find((boot) => boot.bootId === bootId);
      if (entry === undefined) {
        throw new Refusal(
          'not found',
          `Netboot id ${bootId} is not valid, must be on list : ${allowed.map((boot) => boot.bootId).join(', ')}`,
        );
      }
      const obstacle = windowsRescueObstacle(this.#windowsRescue, server, entry);
      if (this.#windowsRescue.refusal === 'change' && obstacle !== undefined) {
        throw new Refusal('bad request', obstacle);
      }
    }
    for (const field of ['rescueMail', 'rootDevice'] as const) {
      if (this.#staleReads > 0 && changes[field] !== undefined) {
        server.stale.set(field, { value: server[field], until: this.clock.now() + this.#staleReads });
      }
    }
    Object.assign(server, changes);
  }

  /** What a customer reads of a field that may still be read as before its last change. */
  read(server: DedicatedServer, field: 'rescueMail' | 'rootDevice'): string | null {
    const stale = server.stale.get(field);
    return stale !== undefined && this.clock.now() < stale.until ? stale.value : server[field];
  }

  /** Starts a hard reboot from the netboot that is chosen when its work begins. */
  reboot(server: DedicatedServer): Task {
    if (server.state === 'hackedBlocked') {
      throw new Refusal('forbidden', blockedText(server));
    }
    return this.tasks.start(server.name, 'hardReboot', (signal) =>
      hardReboot(server, signal, {
        clock: this.clock,
        boots: this.boots,
        deadline: this.#bootDeadline,
        windowsRescue: this.#windowsRescue,
        faults: this.faults,
        onFailedBoot: () => this.datacentre.openIntervention(server, 'bootFailure'),
        onReset: () => this.datacentre.watch(server),
      }),
    );
  }

  /** Opens an access to the console: a task, after which `server.consoleAccesses` has it for `ttl` minutes. */
  requestConsole(server: DedicatedServer, { type, ttl }: { type: string; ttl: number }): Task {
    return this.tasks.start(server.name, 'requestAccessIPMI', async () =>
      openConsole(server, {
        type,
        ttl,
        now: this.clock.now(),
        token: this.#tokens.uuid(),
        url: this.#consoleUrl,
      }),
    );
  }

  /** The other jobs of the IPMI module succeed at once where the server has one. */
  maintainConsole(server: DedicatedServer, taskFunction: Exclude<TaskFunction, 'hardReboot'>): Task {
    return this.tasks.start(server.name, taskFunction, async () => {
      if (taskFunction === 'resetIPMISession') {
        server.consoleAccesses.clear();
      }
    });
  }

  /**
   * The logins of the rescue system that runs now, each with a new secret; none before it is ready, and none for
   * a server on its own disk. Whether the provider lists Windows rescue logins here is an assumption.
   */
  credentials(server: DedicatedServer): Credential[] {
    const boot = server.boot;
    if (boot?.session === undefined || !boot.ready) {
      return [];
    }
    const { accesses, user, password, sshKey } = boot.session;
    return accesses.map((type) => ({
      type,
      user,
      secretId: sshKey === undefined ? this.secrets.create(password) : null,
    }));
  }

  /** Resolves when no mail is under way any more. */
  async delivered(): Promise<void> {
    await this.#rescueMails.delivered();
  }

  /** Ends running tasks as cancelled and waits for mails under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    this.datacentre[Symbol.dispose]();
    await this.tasks[Symbol.asyncDispose]();
    await this.#rescueMails.delivered();
  }
}

/** The text is ours. */
function blockedText({ name }: DedicatedServer): string {
  return `The server ${name} is blocked because it was hacked; please contact the support`;
}
