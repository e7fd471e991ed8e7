import { PENDING, type Task } from '../dedicated';
import { Refusal } from '../refusal';
import { calledServer, dateTime, type OvhRoutes } from './call';
import { OvhError } from './errors';
import type { Model } from './schema';

/** `dedicated.server.Task` */
export function taskAnswer(task: Task): Model<'dedicated.server.Task'> {
  return {
    taskId: task.taskId,
    function: task.function,
    status: task.status,
    startDate: dateTime(task.startDate),
    lastUpdate: dateTime(task.lastUpdate),
    doneDate: task.doneDate === null ? null : dateTime(task.doneDate),
    comment: task.comment,
    note: null,
    needSchedule: false,
    plannedInterventionId: null,
    ticketReference: null,
    tags: null,
  };
}

/** The provider's jobs on a server. */
export const taskRoutes: OvhRoutes<
  | 'POST /dedicated/server/{serviceName}/reboot'
  | 'GET /dedicated/server/{serviceName}/task'
  | 'GET /dedicated/server/{serviceName}/task/{taskId}'
  | 'POST /dedicated/server/{serviceName}/task/{taskId}/cancel'
  | 'GET /dedicated/server/{serviceName}/task/{taskId}/availableTimeslots'
  | 'POST /dedicated/server/{serviceName}/task/{taskId}/schedule'
  | 'GET /dedicated/server/{serviceName}/install/status'
  | 'GET /dedicated/server/{serviceName}/ongoing'
  | 'GET /dedicated/server/{serviceName}/intervention'
  | 'GET /dedicated/server/{serviceName}/intervention/{interventionId}'
> = {
  'POST /dedicated/server/{serviceName}/reboot': (call) =>
    taskAnswer(call.provider.reboot(calledServer(call))),
  'GET /dedicated/server/{serviceName}/task': (call) => {
    const { status, function: taskFunction } = call.query;
    const filter = { ...(status && { status }), ...(taskFunction && { function: taskFunction }) };
    return call.provider.tasks.list(calledServer(call).name, filter).map(({ taskId }) => taskId);
  },
  'GET /dedicated/server/{serviceName}/task/{taskId}': (call) =>
    taskAnswer(call.provider.tasks.get(calledServer(call).name, call.parameters.taskId)),
  'POST /dedicated/server/{serviceName}/task/{taskId}/cancel': async (call) => {
    await call.provider.tasks.cancel(calledServer(call).name, call.parameters.taskId);
    return undefined;
  },
  // Only hardware interventions are scheduled, and no task of this provider is one. Both answers are ours.
  'GET /dedicated/server/{serviceName}/task/{taskId}/availableTimeslots': (call) => {
    call.provider.tasks.get(calledServer(call).name, call.parameters.taskId);
    return [];
  },
  'POST /dedicated/server/{serviceName}/task/{taskId}/schedule': (call) => {
    const { taskId } = call.provider.tasks.get(calledServer(call).name, call.parameters.taskId);
    throw new OvhError('bad request', `Task ${taskId} does not need to be scheduled`);
  },
  // Nothing is installed here; the text was met by clients.
  'GET /dedicated/server/{serviceName}/install/status': (call) => {
    calledServer(call);
    throw new Refusal('not found', 'Server is not being installed or reinstalled at the moment');
  },
  'GET /dedicated/server/{serviceName}/ongoing': (call) => {
    const { name, datacenter } = calledServer(call);
    return call.provider.tasks
      .list(name)
      .filter(({ status }) => PENDING.includes(status))
      .map((task) => ({
        datacenter,
        description: task.function,
        server: name,
        todoDate: dateTime(task.startDate),
      }));
  },
  'GET /dedicated/server/{serviceName}/intervention': (call) =>
    calledServer(call).interventions.map(({ interventionId }) => interventionId),
  'GET /dedicated/server/{serviceName}/intervention/{interventionId}': (call) =>
    interventionAnswer(
      call.provider.datacentre.intervention(calledServer(call), call.parameters.interventionId),
    ),
};

function interventionAnswer(intervention: { interventionId: number; date: number; type: string }) {
  const { interventionId, date, type } = intervention;
  return { interventionId, date: dateTime(date), type };
}
