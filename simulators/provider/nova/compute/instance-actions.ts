import type { Actor } from './actor';

/** A step of an action on a compute host. Times are epoch milliseconds of lab time. */
interface ActionEvent {
  readonly event: string;
  readonly startTime: number;
  finishTime: number | null;
  result: 'Success' | 'Error' | null;
}

/** What was done to an instance, as `os-instance-actions` tells it. */
export interface InstanceAction {
  readonly action: string;
  readonly requestId: string;
  readonly userId: string | null;
  readonly projectId: string | null;
  readonly startTime: number;
  updated: number;
  /** `Error` where it failed. */
  message: 'Error' | null;
  readonly events: ActionEvent[];
}

/** Begins an action with one event on the compute host; `event` is left out for what the API does by itself. */
export function beginAction(action: string, actor: Actor, now: number, event?: string): InstanceAction {
  const { requestId, userId, projectId } = actor;
  return {
    action,
    requestId,
    userId,
    projectId,
    startTime: now,
    updated: now,
    message: null,
    events: event === undefined ? [] : [{ event, startTime: now, finishTime: null, result: null }],
  };
}

export function endAction(action: InstanceAction, now: number, result: 'Success' | 'Error'): void {
  action.updated = now;
  action.message = result === 'Error' ? 'Error' : null;
  for (const event of action.events) {
    event.finishTime = now;
    event.result = result;
  }
}
