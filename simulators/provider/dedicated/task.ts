/** `dedicated.TaskStatusEnum` of the API schema. */
export type TaskStatus = 'cancelled' | 'customerError' | 'doing' | 'done' | 'init' | 'ovhError' | 'todo';
/** The part of `dedicated.TaskFunctionEnum` that this provider carries out. */
export type TaskFunction =
  | 'hardReboot'
  | 'requestAccessIPMI'
  | 'resetIPMI'
  | 'resetIPMISession'
  | 'testIPMIhttp'
  | 'testIPMIpassword'
  | 'testIPMIping';

/** `dedicated.OperationFunctionEnum` of the API schema: the jobs of the BMC, which are listed apart from the tasks. */
export type OperationFunction =
  | 'bmc/javaKvm'
  | 'bmc/restart'
  | 'bmc/revokeSessions'
  | 'bmc/sshSol'
  | 'bmc/testPassword'
  | 'bmc/testPing'
  | 'bmc/testWeb'
  | 'bmc/webKvm'
  | 'bmc/webSol';

/** One job of the provider on one server. Dates are epoch milliseconds of lab time. */
export interface Task<Job extends string = TaskFunction> {
  readonly taskId: number;
  readonly server: string;
  readonly function: Job;
  readonly startDate: number;
  status: TaskStatus;
  lastUpdate: number;
  doneDate: number | null;
  comment: string | null;
}

/** How long a task stays in its first two states, in milliseconds of lab time. */
export interface TaskPace {
  readonly todo: number;
  readonly init: number;
}

export type BadEnd = 'cancelled' | 'customerError' | 'ovhError';

/** Work throws this to end its task as an error with a comment for the customer. */
export class TaskFailure extends Error {
  readonly status: BadEnd;

  constructor(status: BadEnd, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export const PENDING: readonly TaskStatus[] = ['todo', 'init', 'doing'];
