import { checkState } from '../compute/check-state';
import { refuse } from '../compute/refusal';
import type { RunAction, ServerCall } from './call';
import { json } from './json';

/** The one console that is served; `xvpvnc`, for a Java applet, went with Nova 21, the others have no proxy here. */
const SERVED = { protocol: 'vnc', type: 'novnc' } as const;

/** The actions of microversions up to 2.5. Any state of the server will do, also a rescue. */
export function openOldConsole(protocol: string): RunAction {
  return (call, argument) => {
    const { type } = argument as { type: string };
    return json({ console: { type, url: consoleUrl(call, protocol, type) } });
  };
}

/** `POST /servers/{server}/remote-consoles`, from microversion 2.6 on. */
export function createRemoteConsole(call: ServerCall): Response {
  const { protocol, type } = (call.body as { remote_console: { protocol: string; type: string } })
    .remote_console;
  return json({ remote_console: { protocol, type, url: consoleUrl(call, protocol, type) } });
}

function consoleUrl({ context, instance }: ServerCall, protocol: string, type: string): string {
  checkState(instance, 'console', context.actor);
  if (instance.taskState === 'deleting') {
    throw refuse.conflict(
      `Cannot 'get_vnc_console' instance ${instance.id} while it is in task_state deleting`,
    );
  }
  const proxy = context.consoleProxyUrl();
  if (protocol === SERVED.protocol && type !== SERVED.type) {
    throw refuse.badRequest(`Invalid console type ${type}`);
  }
  if (protocol !== SERVED.protocol || proxy === undefined) {
    throw refuse.badRequest(`Unavailable console type ${type}.`);
  }
  const token = context.consoles.grant(instance);
  return `${proxy}/vnc_auto.html?path=${encodeURIComponent(`?token=${token}`)}`;
}
