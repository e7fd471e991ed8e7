import type { Instance } from '../compute/instance';
import { refuse } from '../compute/refusal';
import type { ComputeCall, ComputeContext } from './call';
import { json, readBody } from './json';
import { type Schema, validate } from './schema';
import { instanceOf } from './servers';

/** The console types that are served; `xvpvnc`, for a Java applet, went with Nova 21. */
const SERVED_TYPE = 'novnc';

const GET_VNC_CONSOLE: Schema = {
  type: 'object',
  required: ['os-getVNCConsole'],
  properties: {
    'os-getVNCConsole': {
      type: 'object',
      required: ['type'],
      additionalProperties: false,
      properties: { type: { enum: ['novnc', 'xvpvnc'] } },
    },
  },
};

const REMOTE_CONSOLE: Schema = {
  type: 'object',
  required: ['remote_console'],
  additionalProperties: false,
  properties: {
    remote_console: {
      type: 'object',
      required: ['protocol', 'type'],
      additionalProperties: false,
      properties: {
        protocol: { enum: ['vnc', 'spice', 'rdp', 'serial', 'mks'] },
        type: { enum: ['novnc', 'xvpvnc', 'rdp-html5', 'spice-html5', 'serial', 'webmks'] },
      },
    },
  },
};

/** The action of microversions up to 2.5. Any state of the server will do, also a rescue. */
export function openVncConsole(context: ComputeContext, instance: Instance, argument: unknown): Response {
  validate(GET_VNC_CONSOLE, { 'os-getVNCConsole': argument });
  const { type } = argument as { type: string };
  return json({ console: { type, url: consoleUrl(context, instance, 'vnc', type) } });
}

/** `POST /servers/{id}/remote-consoles`, from microversion 2.6 on. */
export async function createRemoteConsole(call: ComputeCall): Promise<Response> {
  const { context } = call;
  if (context.version < 6) {
    throw refuse.notFound('The resource could not be found.');
  }
  const body = await readBody(call.request);
  validate(REMOTE_CONSOLE, body);
  const { protocol, type } = body['remote_console'] as { protocol: string; type: string };
  const url = consoleUrl(context, instanceOf(call), protocol, type);
  return json({ remote_console: { protocol, type, url } });
}

function consoleUrl(context: ComputeContext, instance: Instance, protocol: string, type: string): string {
  const proxy = context.consoleProxyUrl();
  if (protocol !== 'vnc' || type !== SERVED_TYPE || proxy === undefined) {
    throw refuse.badRequest(`Unavailable console type ${type}.`);
  }
  if (instance.launchedAt === null || instance.taskState === 'deleting') {
    throw refuse.conflict('Instance is not ready yet');
  }
  const token = context.consoles.grant(instance);
  return `${proxy}/vnc_auto.html?path=${encodeURIComponent(`?token=${token}`)}`;
}
