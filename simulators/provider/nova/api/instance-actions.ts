import type { InstanceAction } from '../compute/instance-actions';
import { refuse } from '../compute/refusal';
import type { ComputeContext, ServerCall } from './call';
import { json } from './json';
import { pageOf } from './pages';
import { timeOf } from './schema/formats';
import { hostIdOf, isoMicroseconds } from './server-view';

/** `GET /servers/{server}/os-instance-actions`: the newest first. */
export function listActions(call: ServerCall): Response {
  const { context, instance, query } = call;
  const view = (action: InstanceAction) => viewOf(context, instance.id, action);
  if (context.version < 58) {
    return json({ instanceActions: instance.actions.map(view) });
  }
  const [since, before] = [timeIn(query['changes-since']), timeIn(query['changes-before'])];
  if (since !== undefined && before !== undefined && before < since) {
    throw refuse.badRequest('The value of changes-since must be less than or equal to changes-before.');
  }
  const found = instance.actions.filter(
    ({ updated }) => (since === undefined || updated >= since) && (before === undefined || updated <= before),
  );
  const path = `/servers/${instance.id}/os-instance-actions`;
  const { items, links } = pageOf(call, { path, items: found, idOf: ({ requestId }) => requestId });
  return json({ instanceActions: items.map(view), ...(links && { links }) });
}

/** One action by the id of its request; from 2.51 on with its events. */
export function showAction({ context, instance, parameters }: ServerCall): Response {
  const id = parameters['request'] ?? '';
  const action = instance.actions.find(({ requestId }) => requestId === id);
  if (action === undefined) {
    throw refuse.notFound(`Action ${id} not found`);
  }
  const { version, caller } = context;
  const events = action.events.map(({ event, startTime, finishTime, result }) => ({
    event,
    start_time: isoMicroseconds(startTime),
    finish_time: isoMicroseconds(finishTime),
    result,
    ...(caller.isAdmin && { traceback: null }),
    ...(caller.isAdmin && version >= 62 && { host: instance.host }),
    ...(version >= 62 && { hostId: hostIdOf(instance) }),
    ...(caller.isAdmin && version >= 84 && { details: null }),
  }));
  const shown = caller.isAdmin || version >= 51;
  return json({ instanceAction: { ...viewOf(context, instance.id, action), ...(shown && { events }) } });
}

function viewOf({ version }: ComputeContext, instanceId: string, action: InstanceAction) {
  return {
    action: action.action,
    instance_uuid: instanceId,
    request_id: action.requestId,
    user_id: action.userId,
    project_id: action.projectId,
    start_time: isoMicroseconds(action.startTime),
    message: action.message,
    ...(version >= 58 && { updated_at: isoMicroseconds(action.updated) }),
  };
}

function timeIn(values: readonly string[] | undefined): number | undefined {
  const text = values?.at(-1);
  return text === undefined ? undefined : timeOf(text);
}
