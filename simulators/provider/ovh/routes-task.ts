import type { Task } from '../dedicated';
import type { Router } from '../http';
import { calledNumber, calledServer, dateTime, done, queryOf, type SignedCall } from './call';

const STATUSES = ['cancelled', 'customerError', 'doing', 'done', 'init', 'ovhError', 'todo'] as const;

/** `dedicated.server.Task` */
export function taskAnswer(task: Task) {
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

export function taskRoutes(router: Router<SignedCall['context']>): void {
  const task = '/dedicated/server/{serviceName}/task';
  router
    .post('/dedicated/server/{serviceName}/reboot', (call) =>
      Response.json(taskAnswer(call.context.provider.reboot(calledServer(call)))),
    )
    .get(task, (call) => {
      const { url, context } = call;
      const status = queryOf(call, 'status', STATUSES);
      const taskFunction = url.searchParams.get('function');
      const tasks = context.provider.tasks.list(calledServer(call).name, {
        ...(status !== undefined && { status }),
        ...(taskFunction !== null && { function: taskFunction }),
      });
      return Response.json(tasks.map(({ taskId }) => taskId));
    })
    .get(`${task}/{taskId}`, (call) =>
      Response.json(
        taskAnswer(call.context.provider.tasks.get(calledServer(call).name, calledNumber(call, 'taskId'))),
      ),
    )
    .post(`${task}/{taskId}/cancel`, async (call) => {
      await call.context.provider.tasks.cancel(calledServer(call).name, calledNumber(call, 'taskId'));
      return done();
    });
}
