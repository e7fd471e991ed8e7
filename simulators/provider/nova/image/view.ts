import { createHash } from 'node:crypto';
import type { ImageMember, NovaImage } from './image';

/** The project of the cloud's operator, whose stock images are. */
export const OPERATOR_PROJECT = '3f8e1d2c5b6a49708f1e2d3c4b5a6978';

/** An image as Glance v2 shows it. Its properties stand beside the fields, as texts. */
export function imageView(image: NovaImage) {
  const { id, name, size, created, status = 'active' } = image;
  const hasData = status === 'active' || status === 'deactivated';
  return {
    ...image.properties,
    id,
    name,
    status,
    visibility: image.visibility ?? 'public',
    protected: image.protected ?? false,
    os_hidden: image.hidden ?? false,
    owner: image.ownerId ?? OPERATOR_PROJECT,
    disk_format: hasData ? (image.diskFormat ?? 'qcow2') : null,
    container_format: hasData ? 'bare' : null,
    // The lab keeps the bytes elsewhere: these stand for them, the same for the same image.
    checksum: hasData ? digest('md5', id) : null,
    os_hash_algo: hasData ? 'sha512' : null,
    os_hash_value: hasData ? digest('sha512', id) : null,
    size: hasData ? (size ?? 0) : null,
    virtual_size: null,
    min_disk: image.minDisk,
    min_ram: image.minRam,
    tags: image.tags ?? [],
    created_at: isoSeconds(created),
    updated_at: isoSeconds(image.updated ?? created),
    self: `/v2/images/${id}`,
    file: `/v2/images/${id}/file`,
    schema: '/v2/schemas/image',
  };
}

export function memberView(image: NovaImage, { projectId, status, created }: ImageMember) {
  return {
    image_id: image.id,
    member_id: projectId,
    status,
    created_at: isoSeconds(created),
    updated_at: isoSeconds(created),
    schema: '/v2/schemas/member',
  };
}

export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function digest(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}
