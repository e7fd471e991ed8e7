import type { Clock } from '../clock';
import { Events } from '../events';
import { Faults } from '../faults';
import { MailHistory } from '../mail';
import type { Random } from '../random';
import { Refusal } from '../refusal';
import { SecretStore } from '../secrets';
import type { Account } from './account';
import { Bmc } from './bmc';
import type { BootEntry, Region } from './boot-list';
import { Boots } from './boots';
import { Consoles } from './console-access';
import { Datacentre } from './datacentre';
import { hardReboot } from './hard-reboot';
import { type Login, loginsOf } from './logins';
import { DEFAULT_MONITORING_PATIENCE } from './monitoring';
import type { ProviderEvents } from './provider-events';
import type { DedicatedProviderOptions } from './provider-options';
import { RescueMails } from './rescue-mails';
import { createServer, type DedicatedServer } from './server';
import { allowedBoots, changeServer, readField, refuseBlocked, type ServerChanges } from './server-changes';
import type { OperationFunction, Task, TaskFunction } from './task';
import { DEFAULT_TASK_PACE, DEFAULT_TASK_RETENTION, Tasks } from './tasks';
import { DEFAULT_WINDOWS_RESCUE_RULE, type WindowsRescueRule } from './windows-rescue-rule';

/** The company behind dedicated servers: one state machine that all faces (API, panel, netboot, mail) look at. */
export class DedicatedProvider implements AsyncDisposable {
  readonly clock: Clock;
  readonly random: Random;
  readonly events = new Events<ProviderEvents>();
  readonly secrets: SecretStore;
  readonly mails: MailHistory;
  readonly tasks: Tasks;
  readonly boots: Boots;
  readonly consoles: Consoles;
  readonly bmc: Bmc;
  /** What the provider does unasked. */
  readonly datacentre: Datacentre;
  readonly accounts: readonly Account[];
  readonly region: Region;
  readonly faults: Faults;
  readonly #closing = new AbortController();
  readonly #rescueMails: RescueMails;
  readonly #staleReads: number;
  readonly #windowsLogins: 'listed' | 'absent';
  readonly #servers = new Map<string, DedicatedServer>();
  readonly #windowsRescue: WindowsRescueRule;
  readonly #bootDeadline: number;

  constructor(options: DedicatedProviderOptions) {
    const { clock, random } = options;
    this.clock = clock;
    this.random = random;
    this.region = options.region ?? 'EU';
    this.faults = new Faults({ clock, random: random.stream('faults') });
    this.#staleReads = options.staleReads ?? 0;
    this.#windowsLogins = options.windowsLogins ?? 'listed';
    this.#windowsRescue = { ...DEFAULT_WINDOWS_RESCUE_RULE, ...options.windowsRescue };
    this.#bootDeadline = options.bootDeadline ?? 3_600_000;
    this.secrets = new SecretStore({
      clock,
      random: random.stream('secrets'),
      ...(options.secrets && { options: options.secrets }),
      onRead: (outcome) => this.events.emit('secret-read', { outcome }),
    });
    this.mails = new MailHistory({ clock, send: options.sendLetter, faults: this.faults });
    const jobs = {
      clock,
      faults: this.faults,
      retention: options.taskRetention ?? DEFAULT_TASK_RETENTION,
      pace: options.pace ?? DEFAULT_TASK_PACE,
      secondTask: options.secondTask ?? ('refused' as const),
      onChange: ({ server, taskId, function: job, status }: Task<TaskFunction | OperationFunction>) =>
        this.events.emit('task-changed', { server, taskId, function: job, status }),
    };
    this.tasks = new Tasks<TaskFunction>({ ...jobs, random: random.stream('tasks') });
    this.consoles = new Consoles({
      clock,
      tokens: random.stream('console tokens'),
      tasks: this.tasks,
      ...(options.consoleUrl && { url: options.consoleUrl }),
    });
    this.bmc = new Bmc({ ...jobs, random: random.stream('bmc'), consoles: this.consoles });
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
    return allowedBoots(server, this.#windowsRescue);
  }

  /** Changes what a customer may change. A new `bootId` takes effect at the next (re)boot. */
  change(server: DedicatedServer, changes: ServerChanges): void {
    changeServer(server, changes, {
      rule: this.#windowsRescue,
      now: this.clock.now(),
      staleReads: this.#staleReads,
    });
  }

  /** What a customer reads of a field that may still be read as before its last change. */
  read(server: DedicatedServer, field: 'rescueMail' | 'rootDevice'): string | null {
    return readField(server, field, this.clock.now());
  }

  /** Starts a hard reboot from the netboot that is chosen when its work begins. */
  reboot(server: DedicatedServer): Task {
    refuseBlocked(server);
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

  /** The logins of the rescue system that runs now. */
  logins(server: DedicatedServer): Login[] {
    return loginsOf(server, this.secrets, this.#windowsLogins);
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
    await this.bmc[Symbol.asyncDispose]();
    await this.#rescueMails.delivered();
  }
}
