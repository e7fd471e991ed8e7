import type { Operation } from '../add-service';
import { refuse } from '../compute/refusal';
import { ownAttachments, type VolumeCall, type VolumeStores, volumeOperation } from './call';
import { showVolumeLimits, showVolumeQuotas } from './quotas';
import { attachmentSummary, attachmentView, typeView, VOLUME_TYPE } from './views';
import { createVolume, deleteVolume, listVolumes, showVolume, updateVolume } from './volumes';

/** Attachments are things of their own from this microversion on. */
const ATTACHMENTS_SINCE = 27;

/** The block storage API v3, as far as clients ask for it around a server. */
export const volumeOperations: readonly Operation<VolumeStores>[] = [
  volumeOperation('GET', '/volumes', 'read', 'volume:get_all', listVolumes(false)),
  volumeOperation('GET', '/volumes/detail', 'read', 'volume:get_all', listVolumes(true)),
  volumeOperation('POST', '/volumes', 'create', 'volume:create', createVolume),
  volumeOperation('GET', '/volumes/{id}', 'read', 'volume:get', showVolume),
  volumeOperation('PUT', '/volumes/{id}', 'change', 'volume:update', updateVolume),
  volumeOperation('DELETE', '/volumes/{id}', 'change', 'volume:delete', deleteVolume),
  volumeOperation('GET', '/attachments', 'read', 'volume:attachment_get_all', listAttachments(false)),
  volumeOperation('GET', '/attachments/detail', 'read', 'volume:attachment_get_all', listAttachments(true)),
  volumeOperation('GET', '/attachments/{id}', 'read', 'volume:attachment_get', showAttachment),
  volumeOperation('GET', '/types', 'read', 'volume_extension:type_get_all', () =>
    Response.json({ volume_types: [typeView()] }),
  ),
  volumeOperation('GET', '/types/default', 'read', 'volume_extension:type_get', () =>
    Response.json({ volume_type: typeView() }),
  ),
  volumeOperation('GET', '/types/{id}', 'read', 'volume_extension:type_get', showType),
  volumeOperation('GET', '/snapshots', 'read', 'volume:get_all_snapshots', () => noSnapshots()),
  volumeOperation('GET', '/snapshots/detail', 'read', 'volume:get_all_snapshots', () => noSnapshots()),
  volumeOperation('GET', '/limits', 'read', 'limits_extension:used_limits', showVolumeLimits),
  volumeOperation('GET', '/os-quota-sets/{tenant}', 'read', 'volume_extension:quotas:show', showVolumeQuotas),
  volumeOperation(
    'GET',
    '/os-quota-sets/{tenant}/defaults',
    'read',
    'volume_extension:quotas:show',
    showVolumeQuotas,
  ),
  volumeOperation('GET', '/os-availability-zone', 'read', 'volume:availability_zone_list', () =>
    Response.json({ availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true } }] }),
  ),
];

function listAttachments(detailed: boolean) {
  return (call: VolumeCall): Response => {
    refuseOlder(call);
    const view = detailed ? attachmentView : attachmentSummary;
    const attachments = ownAttachments(call).map(({ volume, attachment }) => view(volume, attachment));
    return Response.json({ attachments });
  };
}

function showAttachment(call: VolumeCall): Response {
  refuseOlder(call);
  const { id } = call.parameters;
  const found = ownAttachments(call).find(({ attachment }) => attachment.id === id);
  if (found === undefined) {
    throw refuse.notFound(`Volume attachment could not be found with filter: attachment_id = ${id}.`);
  }
  return Response.json({ attachment: attachmentView(found.volume, found.attachment) });
}

function refuseOlder({ version }: VolumeCall): void {
  if (version < ATTACHMENTS_SINCE) {
    throw refuse.notFound(`API version '3.${version}' is not supported on this method.`);
  }
}

function showType({ parameters: { id } }: VolumeCall): Response {
  if (id !== VOLUME_TYPE.id) {
    throw refuse.notFound(`Volume type ${id} could not be found.`);
  }
  return Response.json({ volume_type: typeView() });
}

function noSnapshots(): Response {
  return Response.json({ snapshots: [] });
}
