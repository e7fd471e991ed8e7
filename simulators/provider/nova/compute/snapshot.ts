import type { Actor } from './actor';
import { checkState } from './check-state';
import { type Compute, flavorOf } from './compute';
import type { Instance } from './instance';
import { runTask } from './run-task';

/** Properties of an image that its snapshots do not take over; nova.conf `non_inheritable_image_properties`. */
const NOT_INHERITED = ['cache_in_nova', 'bittorrent', 'img_signature', 'block_device_mapping', 'bdm_v2'];

export interface SnapshotRequest {
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Makes an image of an instance's root disk, or of the mapping of its volumes. Answers the image's id at once. */
export function createImage(
  compute: Compute,
  instance: Instance,
  actor: Actor,
  { name, metadata }: SnapshotRequest,
): string {
  checkState(instance, 'createImage', actor);
  const { images, clock, random } = compute;
  const id = random.uuid();
  const volumeBacked = instance.imageId === undefined;
  const inherited = Object.fromEntries(
    Object.entries(instance.imageProperties).filter(([key]) => !NOT_INHERITED.includes(key)),
  );
  images.add({
    id,
    name,
    size: volumeBacked ? 0 : null,
    minDisk: volumeBacked ? 0 : flavorOf(compute, instance).disk,
    minRam: 0,
    created: clock.now(),
    status: volumeBacked ? 'active' : 'queued',
    visibility: 'private',
    ownerId: instance.projectId,
    properties: {
      ...inherited,
      ...(volumeBacked ? mappingOf(instance) : snapshotProperties(instance)),
      ...metadata,
    },
  });
  if (!volumeBacked) {
    void upload(compute, instance, actor, id);
  }
  return id;
}

function snapshotProperties(instance: Instance): Record<string, string> {
  return {
    image_type: 'snapshot',
    instance_uuid: instance.id,
    user_id: instance.userId,
    owner_id: instance.projectId,
    image_location: 'snapshot',
    image_state: 'available',
    base_image_ref: instance.baseImageId ?? '',
  };
}

/** What makes a rescue from this image impossible: it names volumes and has no bytes. */
function mappingOf({ volumes }: Instance): Record<string, string> {
  const [root] = volumes;
  const mapping = volumes.map(({ id, deleteOnTermination }, index) => ({
    source_type: 'volume',
    destination_type: 'volume',
    volume_id: id,
    boot_index: index === 0 ? 0 : null,
    delete_on_termination: deleteOnTermination,
  }));
  return {
    bdm_v2: 'True',
    root_device_name: root?.device ?? '/dev/vda',
    block_device_mapping: JSON.stringify(mapping),
  };
}

async function upload(compute: Compute, instance: Instance, actor: Actor, id: string): Promise<void> {
  const { images, clock } = compute;
  await runTask(compute, instance, actor, {
    action: 'createImage',
    event: 'compute_snapshot_instance',
    taskState: 'image_snapshot_pending',
    work: async (step) => {
      step('image_snapshot');
      images.update(id, { status: 'saving' });
      try {
        const size = await instance.hypervisor.snapshot(id);
        step('image_pending_upload');
        step('image_uploading');
        images.update(id, { status: 'active', size, updated: clock.now() });
      } catch (error) {
        images.delete(id);
        throw error;
      }
    },
    done: () => ({}),
    failureKeepsState: () => true,
  });
}
