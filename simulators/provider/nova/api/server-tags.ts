import type { Instance } from '../compute/instance';
import { refuse } from '../compute/refusal';
import type { ServerCall } from './call';
import { empty, json } from './json';
import { linksOf } from './links';
import { firstMismatch } from './schema/keywords';
import { TAG } from './schema/parts';

/** `/servers/{server}/tags`, from microversion 2.26 on. */

/** nova/objects/instance.py `MAX_TAG_COUNT`. */
export const MOST_TAGS = 50;
const CHANGEABLE: readonly Instance['vmState'][] = ['active', 'paused', 'suspended', 'stopped'];

export function listTags({ instance }: ServerCall): Response {
  return json({ tags: instance.tags });
}

/** Says by its status whether the tag is there. */
export function showTag({ instance, parameters }: ServerCall): Response {
  requireTag(instance, tagIn(parameters), ({ id }, tag) => `Server ${id} has no tag '${tag}'`);
  return empty(204);
}

export function replaceTags({ context, instance, body }: ServerCall): Response {
  refuseState(instance, 'update tags');
  const tags = [...new Set((body as { tags: readonly string[] }).tags)];
  context.compute.instances.update(instance, { tags });
  return json({ tags });
}

export function addTag({ context, instance, parameters }: ServerCall): Response {
  refuseState(instance, 'update tag');
  const tag = tagIn(parameters);
  const mismatch = firstMismatch(TAG, tag, { relaxed: false });
  if (mismatch !== undefined) {
    throw refuse.badRequest(
      `Tag '${tag}' is invalid. It must be a non empty string without characters '/' and ','. ` +
        `Validation error message: ${mismatch.message}`,
    );
  }
  if (instance.tags.length >= MOST_TAGS) {
    throw refuse.badRequest(`The number of tags exceeded the per-server limit ${MOST_TAGS}`);
  }
  if (instance.tags.includes(tag)) {
    return empty(204);
  }
  context.compute.instances.update(instance, { tags: [...instance.tags, tag] });
  const [self] = linksOf(context, `/servers/${instance.id}/tags/${encodeURIComponent(tag)}`);
  return empty(201, { location: self?.href ?? '' });
}

export function deleteTag({ context, instance, parameters }: ServerCall): Response {
  refuseState(instance, 'delete tag');
  const tag = tagIn(parameters);
  requireTag(instance, tag, ({ id }) => `Instance ${id} has no tag '${tag}'`);
  context.compute.instances.update(instance, { tags: instance.tags.filter((one) => one !== tag) });
  return empty(204);
}

export function deleteTags({ context, instance }: ServerCall): Response {
  refuseState(instance, 'delete tags');
  context.compute.instances.update(instance, { tags: [] });
  return empty(204);
}

const tagIn = (parameters: ServerCall['parameters']): string => parameters['tag'] ?? '';

function requireTag(
  instance: Instance,
  tag: string,
  missing: (instance: Instance, tag: string) => string,
): void {
  if (!instance.tags.includes(tag)) {
    throw refuse.notFound(missing(instance, tag));
  }
}

/** Neither locks nor tasks hold tags up. */
function refuseState({ id, vmState }: Instance, action: string): void {
  if (!CHANGEABLE.includes(vmState)) {
    throw refuse.conflict(`Cannot '${action}' instance ${id} while it is in vm_state ${vmState}`);
  }
}
