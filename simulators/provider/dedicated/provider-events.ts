import type { HttpExchange } from '../http';
import type { SecretReading } from '../secrets';
import type { OperationFunction, TaskFunction, TaskStatus } from './task';

interface BootEvent {
  readonly server: string;
  readonly bootId: number;
  readonly kernel: string;
}

/** What happens at the provider, to wait for and to log. No event carries a password or a secret's id. */
export interface ProviderEvents {
  /** A task, or an operation of the BMC. */
  'task-changed': {
    readonly server: string;
    readonly taskId: number;
    readonly function: TaskFunction | OperationFunction;
    readonly status: TaskStatus;
  };
  /** The provider decided what a server boots next, and power-cycles it (or it asked by itself). */
  'boot-started': BootEvent;
  /** The server's firmware took its boot script. */
  'script-served': BootEvent;
  /** The guest asked for its session document. `answered`: it got one; `settled`: nothing more will start in it by itself. */
  'session-asked': { readonly server: string; readonly answered: boolean; readonly settled: boolean };
  /** The rescue system said that its login works. */
  ready: BootEvent;
  'mail-sent': { readonly server: string; readonly mailId: number; readonly to: string };
  'mail-undeliverable': {
    readonly server: string;
    readonly mailId: number;
    readonly to: string;
    readonly note: string;
  };
  'secret-read': { readonly outcome: SecretReading['outcome'] };
  exchange: HttpExchange;
}
