import { OvhApiError, type OvhClient } from '../ovh';

/** The fields of `dedicated.server.Dedicated` that the panel shows. */
export interface Dedicated {
  readonly name: string;
  readonly ip: string;
  readonly os: string;
  readonly datacenter: string;
  readonly state: 'error' | 'hacked' | 'hackedBlocked' | 'ok';
  readonly monitoring: boolean;
  readonly noIntervention: boolean;
  readonly bootId: number | null;
  readonly rescueMail: string | null;
}

export interface Netboot {
  readonly bootId: number;
  readonly bootType: string;
  readonly kernel: string;
  readonly description: string;
}

export type TaskStatus = 'cancelled' | 'customerError' | 'doing' | 'done' | 'init' | 'ovhError' | 'todo';

export interface DedicatedTask {
  readonly taskId: number;
  readonly function: string;
  readonly status: TaskStatus;
  readonly startDate: string;
  readonly lastUpdate: string;
  readonly comment: string | null;
}

export interface ServiceMail {
  readonly id: number;
  readonly date: string;
  readonly subject: string;
  readonly body: string;
}

/** The customer's dedicated servers, by the calls of the public API that the panel makes in the customer's name. */
export class DedicatedAccount {
  readonly #client: OvhClient;

  constructor(client: OvhClient) {
    this.#client = client;
  }

  async servers(): Promise<Dedicated[]> {
    const names = (await this.#client.get('/dedicated/server')) as string[];
    return Promise.all(names.map((name) => this.server(name)));
  }

  async server(name: string): Promise<Dedicated> {
    return (await this.#client.get(pathOf(name))) as Dedicated;
  }

  async netboots(name: string): Promise<Netboot[]> {
    const ids = (await this.#client.get(`${pathOf(name)}/boot`)) as number[];
    return Promise.all(
      ids.map(async (id) => (await this.#client.get(`${pathOf(name)}/boot/${id}`)) as Netboot),
    );
  }

  async change(name: string, changes: object): Promise<void> {
    await this.#client.put(pathOf(name), changes);
  }

  async reboot(name: string): Promise<DedicatedTask> {
    return (await this.#client.post(`${pathOf(name)}/reboot`)) as DedicatedTask;
  }

  /** Newest first. */
  async tasks(name: string): Promise<DedicatedTask[]> {
    const ids = (await this.#client.get(`${pathOf(name)}/task`)) as number[];
    const tasks = await Promise.all(ids.map((id) => this.task(name, id)));
    return tasks.sort((one, other) => other.taskId - one.taskId);
  }

  async task(name: string, taskId: number): Promise<DedicatedTask> {
    return (await this.#client.get(`${pathOf(name)}/task/${taskId}`)) as DedicatedTask;
  }

  async hasConsole(name: string): Promise<boolean> {
    const ipmi = (await this.#client.get(`${pathOf(name)}/features/ipmi`)) as {
      activated: boolean;
      supportedFeatures: { kvmipHtml5URL: boolean };
    };
    return ipmi.activated && ipmi.supportedFeatures.kvmipHtml5URL;
  }

  async requestConsole(name: string): Promise<DedicatedTask> {
    const order = { type: 'kvmipHtml5URL', ttl: 15 };
    return (await this.#client.post(`${pathOf(name)}/features/ipmi/access`, order)) as DedicatedTask;
  }

  /** The address of the console that was asked for; undefined when there is none (any more). */
  async consoleUrl(name: string): Promise<string | undefined> {
    try {
      const path = `${pathOf(name)}/features/ipmi/access`;
      const access = (await this.#client.get(path, { type: 'kvmipHtml5URL' })) as { value: string | null };
      return access.value ?? undefined;
    } catch (error) {
      if (error instanceof OvhApiError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** Newest first. */
  async mails(): Promise<ServiceMail[]> {
    const ids = (await this.#client.get('/me/notification/email/history')) as number[];
    const mails = await Promise.all(ids.map((id) => this.mail(id)));
    return mails.reverse();
  }

  async mail(id: number): Promise<ServiceMail> {
    return (await this.#client.get(`/me/notification/email/history/${id}`)) as ServiceMail;
  }
}

/** The API's own words in an error answer. */
export function apiMessage(error: unknown): string {
  if (error instanceof OvhApiError) {
    return error.reason;
  }
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\w+ \S+ was answered \d+: /, '');
}

function pathOf(name: string): string {
  return `/dedicated/server/${encodeURIComponent(name)}`;
}
