import type { Hive } from '../../../disk/regf';
import {
  findService,
  listServices,
  type ServiceRecord,
  ServiceStart,
  ServiceType,
  STANDARD_SERVICES,
} from '../../../disk/registry';
import type { WindowsHost } from '../../windows-host';

/** Error codes of the service control manager, with the system's own texts. */
export const SERVICE_ERRORS = {
  5: 'Access is denied.',
  1051: 'A stop control has been sent to a service that other running services are dependent on.',
  1052: 'The requested control is not valid for this service.',
  1056: 'An instance of the service is already running.',
  1058: 'The service cannot be started, either because it is disabled or because it has no enabled devices associated with it.',
  1060: 'The specified service does not exist as an installed service.',
  1062: 'The service has not been started.',
  1068: 'The dependency service or group failed to start.',
  1075: 'The dependency service does not exist or has been marked for deletion.',
} as const;
export type ServiceErrorCode = keyof typeof SERVICE_ERRORS;

/** A request that the service control manager refuses. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(readonly code: ServiceErrorCode) {
    super(SERVICE_ERRORS[code]);
  }
}

/** Services that Windows does not let anyone stop (general knowledge, and not the whole list). */
const ALWAYS_ON = new Set(['rpcss', 'plugplay', 'samss', 'gpsvc', 'profsvc', 'schedule']);

/** What runs on a machine, and who wants to hear of it. */
interface RunningServices {
  /** Names in lower case, and the process numbers they were given. */
  readonly processes: Map<string, number>;
  listener: () => Promise<void>;
}

const machines = new WeakMap<WindowsHost, RunningServices>();
const FIRST_PROCESS = 612;

/**
 * Which services of the running system run. In the stand-in they are entries in a table, no processes (our choice):
 * those that start by themselves, with all that they depend on, run from the first look on; `start` and `stop` change
 * it until the machine restarts. Whoever serves something in the name of a service follows the table (see onChange).
 */
export class ServiceControl {
  readonly #machine: RunningServices;

  constructor(
    host: WindowsHost,
    private readonly system: Hive,
  ) {
    const known = machines.get(host);
    this.#machine = known ?? { processes: new Map(), listener: async () => undefined };
    if (known !== undefined) return;
    machines.set(host, this.#machine);
    for (const service of listServices(system))
      if (service.start <= ServiceStart.auto && this.#mayRun(service)) this.#run(service);
  }

  /** Calls the listener after each start and stop on this machine, which are done when the listener is. */
  onChange(listener: () => Promise<void>): void {
    this.#machine.listener = listener;
  }

  /** Throws a ServiceError 1060. */
  find(name: string): ServiceRecord {
    const service = findService(this.system, name);
    if (service === undefined) throw new ServiceError(1060);
    return service;
  }

  isRunning({ name }: Pick<ServiceRecord, 'name'>): boolean {
    return this.#machine.processes.has(name.toLowerCase());
  }

  /** Number of its process; 0 for drivers and for what does not run. */
  processOf(service: ServiceRecord): number {
    return isDriver(service) ? 0 : (this.#machine.processes.get(service.name.toLowerCase()) ?? 0);
  }

  canStop(service: ServiceRecord): boolean {
    return !isDriver(service) && !ALWAYS_ON.has(service.name.toLowerCase());
  }

  /** Starts a service and what it depends on. @throws ServiceError 1056, 1058 or 1068 */
  async start(service: ServiceRecord): Promise<void> {
    if (this.isRunning(service)) throw new ServiceError(1056);
    if (service.start === ServiceStart.disabled) throw new ServiceError(1058);
    if (!this.#mayRun(service)) throw new ServiceError(1068);
    this.#run(service);
    await this.#machine.listener();
  }

  /** @throws ServiceError 1051, 1052 or 1062 */
  async stop(service: ServiceRecord): Promise<void> {
    if (!this.isRunning(service)) throw new ServiceError(1062);
    if (!this.canStop(service)) throw new ServiceError(1052);
    if (this.runningDependents(service).length > 0) throw new ServiceError(1051);
    this.#machine.processes.delete(service.name.toLowerCase());
    await this.#machine.listener();
  }

  /** Running services that need this one, those that must be stopped first coming first. */
  runningDependents(service: ServiceRecord): ServiceRecord[] {
    const found: ServiceRecord[] = [];
    const all = listServices(this.system).filter((other) => this.isRunning(other));
    const visit = (name: string): void => {
      for (const other of all) {
        const needs = other.dependencies.some((one) => one.toLowerCase() === name.toLowerCase());
        if (!needs || found.includes(other)) continue;
        visit(other.name);
        if (!found.includes(other)) found.push(other);
      }
    };
    visit(service.name);
    return found;
  }

  #run(service: ServiceRecord): void {
    const name = service.name.toLowerCase();
    const { processes } = this.#machine;
    if (processes.has(name)) return;
    processes.set(name, FIRST_PROCESS + 4 * processes.size);
    for (const needed of this.#needed(service)) this.#run(needed);
  }

  /** Whether neither it nor anything that it depends on is disabled. */
  #mayRun(service: ServiceRecord, asked: ReadonlySet<string> = new Set()): boolean {
    const name = service.name.toLowerCase();
    if (asked.has(name) || this.isRunning(service)) return true;
    if (service.start === ServiceStart.disabled) return false;
    const path = new Set([...asked, name]);
    return this.#needed(service).every((needed) => this.#mayRun(needed, path));
  }

  /** Groups, and services that the hive does not have, count as running (our choice: the stand-in's hives are sparse). */
  #needed({ dependencies }: ServiceRecord): ServiceRecord[] {
    return dependencies.flatMap((name) => findService(this.system, name) ?? []);
  }
}

export function isDriver({ type }: ServiceRecord): boolean {
  return (type & (ServiceType.kernelDriver | ServiceType.fileSystemDriver)) !== 0;
}

/**
 * The name that people see. Where the hive points into a resource (`@termsrv.dll,-268`) it is taken from the table of
 * services that every Windows has; for others the service's own name stands in.
 */
export function displayNameOf({ name, displayName }: ServiceRecord): string {
  if (displayName !== undefined && displayName !== '' && !displayName.startsWith('@')) return displayName;
  const standard = STANDARD_SERVICES.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return standard?.displayName ?? displayName?.split(';')[1] ?? name;
}
