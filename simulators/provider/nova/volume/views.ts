import type { Volume, VolumeAttachment } from './volume-store';

/** The one type of volume. */
export const VOLUME_TYPE = { id: '6b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d', name: '__DEFAULT__' };

/** A volume as its project sees it. `base`: `http://host:port/volume`; `version` is the minor microversion (cinder/api/v3/views/volumes.py). */
export function volumeView(volume: Volume, base: string, version: number) {
  const { id, name, description, size, status, metadata, imageMetadata, projectId } = volume;
  const imageFields = {
    ...(volume.imageId !== undefined && { image_id: volume.imageId }),
    ...imageMetadata,
  };
  return {
    id,
    name,
    description: description ?? null,
    size,
    status,
    availability_zone: 'nova',
    attachments: volume.attachments.map((attachment) => ({
      id,
      attachment_id: attachment.id,
      volume_id: id,
      server_id: attachment.serverId,
      host_name: null,
      device: attachment.device,
      attached_at: isoMicroseconds(attachment.attachedAt),
    })),
    bootable: String(volume.bootable),
    encrypted: false,
    multiattach: false,
    consistencygroup_id: null,
    snapshot_id: null,
    source_volid: null,
    replication_status: null,
    volume_type: VOLUME_TYPE.name,
    metadata: metadata ?? {},
    user_id: volume.userId,
    created_at: isoMicroseconds(volume.created),
    updated_at: isoMicroseconds(volume.updated),
    links: linksOf(id, projectId, base),
    'os-vol-tenant-attr:tenant_id': projectId,
    ...(Object.keys(imageFields).length > 0 && { volume_image_metadata: imageFields }),
    ...(version >= 13 && { group_id: null }),
    ...(version >= 48 && { shared_targets: version >= 69 ? null : false, service_uuid: null }),
    ...(version >= 63 && { volume_type_id: VOLUME_TYPE.id }),
    ...(version >= 65 && { consumes_quota: true }),
  };
}

export function attachmentSummary(volume: Volume, { id, serverId }: VolumeAttachment) {
  return { id, status: 'attached', instance: serverId, volume_id: volume.id };
}

export function attachmentView(volume: Volume, attachment: VolumeAttachment) {
  return {
    ...attachmentSummary(volume, attachment),
    attached_at: isoMicroseconds(attachment.attachedAt),
    detached_at: '',
    attach_mode: 'rw',
    connection_info: {},
  };
}

export function typeView() {
  return {
    ...VOLUME_TYPE,
    description: 'Default Volume Type',
    is_public: true,
    'os-volume-type-access:is_public': true,
    qos_specs_id: null,
    extra_specs: {},
  };
}

function linksOf(id: string, projectId: string, base: string) {
  return [
    { rel: 'self', href: `${base}/v3/${projectId}/volumes/${id}` },
    { rel: 'bookmark', href: `${base}/${projectId}/volumes/${id}` },
  ];
}

/** Cinder's times have microseconds and no zone. */
function isoMicroseconds(time: number): string {
  return new Date(time).toISOString().replace('Z', '000');
}
