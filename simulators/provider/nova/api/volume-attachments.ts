import type { AttachedVolume } from '../compute/instance';
import { attachmentOf, attachVolume, detachVolume } from '../compute/volumes';
import type { ServerCall } from './call';
import { empty, json } from './json';
import { isTrue } from './schema/parts';

interface WantedAttachment {
  readonly volumeId: string;
  readonly device?: string | null;
  readonly tag?: string;
  readonly delete_on_termination?: unknown;
}

export function listAttachments(call: ServerCall): Response {
  const { query, instance } = call;
  const offset = Number(query['offset']?.at(-1) ?? 0);
  const limit = Number(query['limit']?.at(-1) ?? 0) || 1000;
  const page = instance.volumes.slice(offset, offset + Math.min(limit, 1000));
  return json({ volumeAttachments: page.map((attached) => view(call, attached)) });
}

export function showAttachment(call: ServerCall): Response {
  const attached = attachmentOf(call.instance, call.parameters['volume'] ?? '');
  return json({ volumeAttachment: view(call, attached) });
}

export function createAttachment(call: ServerCall): Response {
  const { context, instance, body } = call;
  const { volumeAttachment: wanted } = body as { volumeAttachment: WantedAttachment };
  const attached = attachVolume(context.compute, instance, context.actor, {
    volumeId: wanted.volumeId,
    device: wanted.device,
    tag: wanted.tag,
    deleteOnTermination: isTrue(wanted.delete_on_termination),
  });
  return json({ volumeAttachment: { id: attached.id, ...common(call, attached) } });
}

export function deleteAttachment({ context, instance, parameters }: ServerCall): Response {
  detachVolume(context.compute, instance, context.actor, parameters['volume'] ?? '');
  return empty(202);
}

/** Before 2.89 the attachment had the volume's id for its own. */
function view(call: ServerCall, attached: AttachedVolume) {
  const { version } = call.context;
  return {
    ...(version < 89 && { id: attached.id }),
    ...common(call, attached),
    ...(version >= 89 && { attachment_id: attached.attachmentId, bdm_uuid: attached.bdmId }),
  };
}

function common({ context: { version }, instance }: ServerCall, attached: AttachedVolume) {
  return {
    serverId: instance.id,
    volumeId: attached.id,
    device: attached.device,
    ...(version >= 70 && { tag: attached.tag }),
    ...(version >= 79 && { delete_on_termination: attached.deleteOnTermination }),
  };
}
